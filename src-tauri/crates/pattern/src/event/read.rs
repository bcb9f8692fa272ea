use serde_json::Value;

use super::{Leaves, Setback, leaves_of_text, leaves_of_tree};
use crate::error::EventError;
use crate::json::{Location, read_value};
use crate::wanted::Wanted;

/// Reads the wanted leaves of an event from its text and hands them over.
///
/// What cannot be read in one go is read as a tree, and what is wrong is told by the reader that knows the words for it.
///
/// # Errors
/// The text is not JSON, or not an object.
pub(crate) fn with_leaves<T>(text: &str, wanted: &Wanted, take: impl FnOnce(&Leaves<'_>) -> T) -> Result<T, EventError> {
    match leaves_of_text(text, wanted) {
        Ok(leaves) => Ok(take(&leaves)),
        Err(Setback::TooScattered) => Err(EventError::TooScattered),
        Err(Setback::NotAnEvent | Setback::RepeatedName) => {
            let event = tree(text)?;
            if !event.is_object() {
                return Err(EventError::NotAnObject);
            }
            let (leaves, _) = leaves_of_tree(&event, wanted).ok_or(EventError::TooScattered)?;
            Ok(take(&leaves))
        }
    }
}

fn tree(text: &str) -> Result<Value, EventError> {
    read_value(text).map_err(|fault| {
        let Location { line, column } = Location::of(text, fault.offset);
        EventError::Malformed { reason: fault.reason, line, column }
    })
}
