//! `waybill sources`.

use waybill_console::{Console, Error};

use crate::args::{Format, Sources};
use crate::exit::Ending;
use crate::output::{self, table};

/// Runs the command.
pub async fn run(command: Sources, console: &Console, format: Format) -> Result<Ending, Error> {
    match command {
        Sources::Create { name } => {
            let source = console.create_alert_source(&name).await?;
            output::answer(format, &source, || format!("Alert source `{}` has the number {}.", source.name, source.id));
        }
        Sources::List => {
            let sources = console.alert_sources().await?;
            output::answer(format, &sources, || {
                let rows =
                    sources.iter().map(|s| vec![s.id.to_string(), s.name.clone(), s.actions.to_string(), s.open_incidents.to_string()]);
                table(&["Number", "Alert source", "Alert actions", "Open incidents"], rows, "No alert sources yet.")
            });
        }
        Sources::Show { source } => {
            let detail = console.find_alert_source(&source).await?;
            output::answer(format, &detail, || {
                let actions =
                    detail.actions.iter().map(|a| vec![a.name.clone(), a.trigger_mode.to_string(), a.region.clone(), a.chain.clone()]);
                let incidents = detail.incidents.iter().map(|i| vec![i.id.clone(), format!("{:?}", i.status), i.summary.clone()]);
                format!(
                    "Alert source `{}` ({})\n\n{}\n{}",
                    detail.source.name,
                    detail.source.id,
                    table(&["Alert action", "Trigger mode", "Region", "Chain"], actions, "No alert actions yet."),
                    table(&["Incident", "Status", "Summary"], incidents, "No incidents yet."),
                )
            });
        }
        Sources::Delete { source } => {
            let detail = console.find_alert_source(&source).await?;
            console.delete_alert_source(detail.source.id).await?;
            output::answer(format, &detail.source, || format!("Alert source `{}` is deleted.", detail.source.name));
        }
    }
    Ok(Ending::Done)
}
