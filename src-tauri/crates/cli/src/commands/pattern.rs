//! `waybill pattern test`.

use std::path::Path;

use waybill_console::{Error, pattern_test};

use crate::args::{Format, Pattern};
use crate::exit::Ending;
use crate::output;

/// Runs the command.
pub fn run(command: Pattern, format: Format) -> Result<Ending, Error> {
    let Pattern::Test { pattern, event } = command;
    let outcome = pattern_test(&read("Event pattern", &pattern)?, &read("Event", &event)?)?;
    output::answer(format, &outcome, || {
        let fields = outcome.fields.iter().map(|field| {
            let found = if field.found.is_empty() { "absent".to_owned() } else { field.found.join(", ") };
            format!("{} {}: wanted {}, found {found}\n", if field.matched { "✓" } else { "✕" }, field.path, field.wanted.join(" or "))
        });
        format!("{}\n{}", if outcome.matched { "The event matches." } else { "The event does not match." }, fields.collect::<String>())
    });
    Ok(if outcome.matched { Ending::Done } else { Ending::No })
}

/// Reads a file that an argument names.
pub fn read(field: &'static str, file: &Path) -> Result<String, Error> {
    std::fs::read_to_string(file).map_err(|error| Error::unreadable_file(field, file, &error))
}
