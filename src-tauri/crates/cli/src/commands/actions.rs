//! `waybill actions`.

use waybill_console::view::{AlertActionView, ImportKind, ImportPlan};
use waybill_console::{Console, Error};
use waybill_domain::{ActionForm, EventType};

use crate::args::{Actions, CreateAction, Format};
use crate::exit::Ending;
use crate::output::{self, document::Destination, table};

/// Runs the command.
pub async fn run(command: Actions, console: &Console, format: Format) -> Result<Ending, Error> {
    match command {
        Actions::Create(create) => {
            let event_source = create.event_source.clone();
            let mut action = console.create_alert_action(&form(create)).await?;
            if let Some(name) = event_source {
                if let Err(error) = console.take_event_source(&action.id, &name).await {
                    console.delete_alert_action(&action.id).await?;
                    return Err(error);
                }
                action = console.alert_action(&action.id).await?;
            }
            output::answer(format, &action, || describe(&action));
        }
        Actions::List => {
            let actions = console.alert_actions().await?;
            output::answer(format, &actions, || {
                let rows = actions.iter().map(|a| {
                    vec![
                        a.name.clone(),
                        a.alert_source.clone(),
                        a.trigger_mode.to_string(),
                        a.event_types.len().to_string(),
                        a.account.clone(),
                        a.region.clone(),
                        a.chain.clone(),
                    ]
                });
                table(
                    &["Alert action", "Alert source", "Trigger mode", "Types", "Account", "Region", "Chain"],
                    rows,
                    "No alert actions yet.",
                )
            });
        }
        Actions::Show { action } => {
            let action = console.find_alert_action(Some(&action)).await?;
            output::answer(format, &action, || describe(&action));
        }
        Actions::Delete { action } => {
            let action = console.find_alert_action(Some(&action)).await?;
            let report = console.delete_alert_action(&action.id).await?;
            output::answer(format, &report, || {
                let lines = |word: &str, of: &[String]| of.iter().map(|line| format!("{word} {line}\n")).collect::<String>();
                format!("{}{}", lines("removed", &report.removed), lines("kept   ", &report.kept))
            });
        }
        Actions::Export { actions, output } => {
            let destination = Destination::new(output)?;
            destination.put(&console.export_alert_actions(&actions).await?)?;
        }
        Actions::Import { file, dry_run } => {
            let text = super::pattern::read("Document", &file)?;
            let plan = if dry_run { console.import_plan(&text).await? } else { console.import_alert_actions(&text).await? };
            output::answer(format, &plan, || changes(&plan));
        }
        Actions::Duplicate { action, to } => {
            let action = console.find_alert_action(Some(&action)).await?;
            let plan = console.import_alert_actions(&console.copies_for(&action.id, &to).await?).await?;
            output::answer(format, &plan, || changes(&plan));
        }
    }
    Ok(Ending::Done)
}

fn form(create: CreateAction) -> ActionForm {
    let event_types = match create.events.trim() {
        "all" => EventType::ALL.iter().map(ToString::to_string).collect(),
        list => list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect(),
    };
    ActionForm {
        name: create.name,
        alert_source: create.alert_source,
        trigger_mode: create.trigger_mode,
        event_types,
        account: create.account,
        region: create.region,
    }
}

fn changes(plan: &ImportPlan) -> String {
    let word = |kind| match kind {
        ImportKind::Create => "create",
        ImportKind::Change => "change",
        ImportKind::Same => "same",
    };
    let rows = plan.lines.iter().map(|line| {
        let fields = line.fields.iter().map(|field| format!("{}: {} → {}", field.field, field.before, field.after));
        let said: Vec<String> = fields.chain(line.warning.clone()).collect();
        vec![word(line.kind).to_owned(), line.name.clone(), line.alert_source.clone(), said.join("; ")]
    });
    table(&["", "Alert action", "Alert source", "Changes"], rows, "The document has no alert actions.")
}

fn describe(action: &AlertActionView) -> String {
    let types = action.event_types.iter().map(|event| event.as_str()).collect::<Vec<_>>().join(", ");
    let rows = [
        ("Alert action", action.name.as_str()),
        ("Id", &action.id),
        ("Alert source", &action.alert_source),
        ("Type", &action.r#type),
        ("Trigger mode", action.trigger_mode.as_str()),
        ("Event types", &types),
        ("AWS account ID", &action.account),
        ("AWS region", &action.region),
        ("Partner event source", &action.partner_source),
        ("Chain", &action.chain),
    ];
    output::pairs(&rows)
}
