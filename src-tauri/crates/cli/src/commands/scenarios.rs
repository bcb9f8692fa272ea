//! `waybill scenarios`.

use waybill_console::view::{ScenarioStepView, ScenarioView};
use waybill_console::{Console, Error};

use crate::args::{Format, Scenarios};
use crate::exit::Ending;
use crate::output::{self, document::Destination, table};

/// Runs the command.
pub async fn run(command: Scenarios, console: &Console, format: Format) -> Result<Ending, Error> {
    match command {
        Scenarios::List => {
            let scenarios = console.scenarios().await?;
            output::answer(format, &scenarios, || {
                let rows =
                    scenarios.iter().map(|s| vec![s.name.clone(), s.steps.len().to_string(), time(s.duration_ms), whose(s).to_owned()]);
                table(&["Scenario", "Steps", "Takes", ""], rows, "No scenarios.")
            });
        }
        Scenarios::Show { scenario } => {
            let scenario = console.scenario(&scenario).await?;
            output::answer(format, &scenario, || describe(&scenario));
        }
        Scenarios::Import { file, replace } => {
            let text = super::pattern::read("Scenario", &file)?;
            let scenario = console.import_scenario(&text, replace).await?;
            output::answer(format, &scenario, || format!("Scenario `{}` is kept.", scenario.name));
        }
        Scenarios::Export { scenario, output } => {
            let destination = Destination::new(output)?;
            destination.put(&console.export_scenario(&scenario).await?)?;
        }
        Scenarios::Delete { scenario } => {
            let deleted = console.scenario(&scenario).await?;
            console.delete_scenario(&scenario).await?;
            output::answer(format, &deleted, || format!("Scenario `{}` is deleted.", deleted.name));
        }
    }
    Ok(Ending::Done)
}

fn describe(scenario: &ScenarioView) -> String {
    let rows = scenario.steps.iter().map(|step: &ScenarioStepView| vec![time(step.after_ms), step.event_type.to_string()]);
    let steps = table(&["After", "Event"], rows, "");
    format!("{} ({})\n{}\n\n{steps}", scenario.name, whose(scenario), scenario.description)
}

const fn whose(scenario: &ScenarioView) -> &'static str {
    if scenario.built_in { "built in" } else { "own" }
}

fn time(millis: i64) -> String {
    if millis % 1000 == 0 { format!("{} s", millis / 1000) } else { format!("{millis} ms") }
}
