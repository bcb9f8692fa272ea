//! `waybill export`.

use waybill_console::{Console, Error};

use crate::args::{Export, Format};
use crate::exit::Ending;
use crate::output::{self, document::Destination};

/// Runs the command.
pub async fn run(command: Export, console: &Console, format: Format) -> Result<Ending, Error> {
    let destination = Destination::new(command.output)?;
    let code = console.chain_code(command.action.as_deref(), &command.kind).await?;
    match format {
        Format::Json => {
            let json = serde_json::to_string_pretty(&code)
                .map_err(|error| Error::broken(format!("the code cannot be written as JSON: {error}")))?;
            destination.put(&json)?;
        }
        _ => {
            code.notes.iter().for_each(|note| output::complain(note));
            destination.put(&code.text)?;
        }
    }
    Ok(Ending::Done)
}
