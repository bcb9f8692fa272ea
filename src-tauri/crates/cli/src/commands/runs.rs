//! `waybill runs`.

use serde::Serialize;
use waybill_console::view::RunSummary;
use waybill_console::{Console, Error};

use crate::args::{Format, Runs};
use crate::exit::Ending;
use crate::output::{self, report, table};

#[derive(Serialize)]
struct RunList<'a> {
    schema: &'static str,
    runs: Vec<ListedRun<'a>>,
}

/// The shape of `runs show` without the events.
#[derive(Serialize)]
struct ListedRun<'a> {
    schema: &'static str,
    #[serde(flatten)]
    run: &'a RunSummary,
}

/// Runs the command.
pub async fn run(command: Runs, console: &Console, format: Format) -> Result<Ending, Error> {
    match command {
        Runs::List => {
            let runs = console.runs(None).await?;
            let listed = runs.iter().map(|run| ListedRun { schema: "waybill.run/1", run }).collect();
            output::answer(format, &RunList { schema: "waybill.runs/1", runs: listed }, || {
                let rows = runs.iter().map(|run| {
                    let verdict = if run.proven {
                        "proven"
                    } else if run.closed_at.is_none() {
                        run.state.as_str()
                    } else {
                        "not proven"
                    };
                    vec![
                        run.run_id.clone(),
                        run.started_at.to_string(),
                        run.action.clone(),
                        verdict.to_owned(),
                        format!("{} of {}", run.counts.delivered, run.published),
                    ]
                });
                table(&["Run", "Started", "Alert action", "Verdict", "Delivered"], rows, "No runs yet; start one with `waybill verify`.")
            });
        }
        Runs::Show { run } => {
            let shown = console.run(&run).await?;
            output::answer(format, &shown, || report::human(&shown));
        }
    }
    Ok(Ending::Done)
}
