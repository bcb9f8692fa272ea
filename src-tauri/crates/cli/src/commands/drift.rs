//! `waybill drift`.

use waybill_console::view::{DriftView, RepairStepView};
use waybill_console::{Console, Error};

use crate::args::{Drift, Format};
use crate::exit::Ending;
use crate::output;

/// Runs the command.
pub async fn run(command: Drift, console: &Console, format: Format) -> Result<Ending, Error> {
    let action = command.action.as_deref();
    if command.undo {
        console.undo_repair(action).await?;
    }
    let drift = match (command.take, command.restore) {
        (true, _) => console.take_drift(action, None).await?,
        (_, true) => console.restore_drift(action, None).await?,
        _ => console.drift(action).await?,
    };
    output::answer(format, &drift, || human(&drift));
    // What was taken back differs again, as it is to.
    Ok(if drift.differences.is_empty() || command.undo { Ending::Done } else { Ending::No })
}

fn human(drift: &DriftView) -> String {
    let restored = match drift.restored.is_empty() {
        true => String::new(),
        false => format!("Restored:\n{}Take it back with: waybill drift \"{}\" --undo\n\n", calls(&drift.restored), drift.action),
    };
    if drift.differences.is_empty() {
        return format!("{restored}The chain of {} is as recorded.", drift.action);
    }
    let fields = drift.differences.iter().map(|field| {
        let stays = if field.restorable { "" } else { "  (somebody added it; restoring leaves it)\n" };
        let indented = |text: &str| text.replace('\n', "\n             ");
        format!(
            "{} / {}\n  recorded   {}\n  AWS has    {}\n{stays}",
            field.part,
            field.field,
            indented(&field.recorded),
            indented(&field.live)
        )
    });
    let restore = drift
        .restore
        .as_ref()
        .map(|restore| format!("Restore what is recorded with: waybill drift \"{}\" --restore\n{}", drift.action, calls(&restore.steps)));
    format!(
        "{restored}{}\n{}Record what AWS has with: waybill drift \"{}\" --take",
        fields.collect::<String>(),
        restore.unwrap_or_default(),
        drift.action
    )
}

fn calls(steps: &[RepairStepView]) -> String {
    steps.iter().map(|step| format!("  {} {}\n", step.call, step.after.replace('\n', " "))).collect()
}
