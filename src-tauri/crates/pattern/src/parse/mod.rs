//! From the text of a pattern to its alternatives.

mod anything_but;
mod leaf;
mod numeric;
mod structure;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::condition::{Condition, too_complex};
use crate::error::PatternError;
use crate::json::{JsonFault, Reader};

/// One alternative of a pattern: every path named must have a value that one of its conditions accepts.
pub(crate) type Branch = BTreeMap<Arc<str>, Arc<[Condition]>>;

/// Parses and validates a pattern into its alternatives; there is at least one.
pub(crate) fn parse(text: &str) -> Result<Vec<Branch>, PatternError> {
    let mut reader = Reader::new(text);
    let branches = structure::read_pattern(&mut reader)?;
    let mut seen = HashSet::new();
    let fields = branches.iter().flat_map(Branch::values);
    // Alternatives share their conditions; each list is measured once.
    if fields.filter(|conditions| seen.insert(Arc::as_ptr(conditions))).any(|conditions| too_complex(conditions)) {
        return Err(PatternError::unplaced(
            "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character",
        ));
    }
    Ok(branches)
}

/// Why parsing stopped: broken JSON, a rule of the language at the reader's position, or an error without a position.
#[derive(Debug)]
enum Refusal {
    Json(JsonFault),
    Language(PatternError),
}

impl From<JsonFault> for Refusal {
    fn from(fault: JsonFault) -> Self {
        Self::Json(fault)
    }
}

impl From<PatternError> for Refusal {
    fn from(error: PatternError) -> Self {
        Self::Language(error)
    }
}

impl Refusal {
    fn into_error(self, text: &str) -> PatternError {
        match self {
            Self::Json(fault) => PatternError::at(text, fault.offset, fault.reason),
            Self::Language(error) => error,
        }
    }
}

/// A rule of the language is broken at the reader's position.
fn refuse<T>(reader: &Reader<'_>, reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Language(PatternError::at(reader.source(), reader.offset(), reason)))
}
