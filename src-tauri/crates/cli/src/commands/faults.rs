//! `waybill sandbox faults`.

use waybill_console::{Console, Error};

use crate::args::{Faults, Format};
use crate::exit::Ending;
use crate::output::{self, table};

/// Runs the command.
pub async fn run(command: Faults, console: &Console, format: Format) -> Result<Ending, Error> {
    let faults = match &command {
        Faults::List { action } => console.faults(action.as_deref()).await?,
        Faults::Inject { fault, action } => console.inject_fault(fault, action.as_deref()).await?,
        Faults::Reset { action } => console.reset_faults(action.as_deref()).await?,
    };
    output::answer(format, &faults, || {
        let rows = faults.iter().map(|fault| {
            let state = if fault.active { "in force" } else { "" };
            vec![fault.id.clone(), state.to_owned(), fault.check.clone().unwrap_or_default(), fault.sentence.clone()]
        });
        table(&["Fault", "", "Named by", "What it does"], rows, "")
    });
    Ok(Ending::Done)
}
