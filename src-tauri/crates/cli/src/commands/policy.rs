//! `waybill policy`.

use waybill_console::{Console, Error};

use crate::args::Policy;
use crate::exit::Ending;
use crate::output::document::Destination;

/// Runs the command: the policy itself is the answer, so that it can be handed on to IAM as it is.
pub async fn run(command: Policy, console: &Console) -> Result<Ending, Error> {
    let destination = Destination::new(command.output)?;
    let needed = console.permissions(command.action.as_deref(), (&command.task, command.mode.as_deref())).await?;
    destination.put(&needed.document)?;
    Ok(Ending::Done)
}
