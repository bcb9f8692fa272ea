//! `waybill runs`.

use std::path::Path;

use serde::Serialize;
use waybill_console::view::{EvidenceState, RunSummary};
use waybill_console::{Console, Error, ReportVerdict, check_report};

use crate::args::{Format, Runs};
use crate::exit::Ending;
use crate::output::{self, document::Destination, table};

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
        Runs::Show { run, output } => {
            let head = Destination::new(output)?.run(console, &run, format).await?;
            if head.evidence.state == EvidenceState::Altered {
                output::complain("the records of this run were altered after it was closed");
                return Ok(Ending::No);
            }
        }
        Runs::Verify { file } => return verify(&file, format),
    }
    Ok(Ending::Done)
}

/// What was found out about a report.
#[derive(Serialize)]
struct Checked<'a> {
    verdict: &'static str,
    sha256: Option<&'a str>,
    reason: Option<&'a str>,
}

/// Checks a report; needs no data folder.
pub fn verify(file: &Path, format: Format) -> Result<Ending, Error> {
    let found = check_report(file)?;
    let (verdict, sha256, reason, ending) = match &found {
        ReportVerdict::Intact(sha256) => ("intact", Some(sha256.as_str()), None, Ending::Done),
        ReportVerdict::Altered(why) => ("altered", None, Some(why.as_str()), Ending::No),
        ReportVerdict::NotAReport(why) => ("not_a_report", None, Some(why.as_str()), Ending::Invalid),
    };
    output::answer(format, &Checked { verdict, sha256, reason }, || match (sha256, reason) {
        (Some(sha256), _) => format!("Intact: SHA-256 {sha256}"),
        (None, reason) => {
            let word = if ending == Ending::No { "Altered" } else { "Not a report" };
            format!("{word}: {}", reason.unwrap_or_default())
        }
    });
    Ok(ending)
}
