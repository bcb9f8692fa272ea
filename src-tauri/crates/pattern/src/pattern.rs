use std::sync::Arc;

use serde_json::Value;

use crate::error::{EventError, PatternError, PatternTooLong};
use crate::event::{Leaves, leaves_of_tree, with_leaves};
use crate::explain::{Explanation, explain};
use crate::matcher::Alternative;
use crate::parse::{Branch, parse};
use crate::wanted::Wanted;

/// Most characters that the pattern of a rule may have (EventBridge quota, adjustable; the API itself takes 4096).
pub const MAX_PATTERN_CHARS: usize = 2048;

/// Checks the length of a pattern, which `Pattern::parse` does not.
pub fn check_length(text: &str) -> Result<(), PatternTooLong> {
    match text.chars().count() {
        chars if chars > MAX_PATTERN_CHARS => Err(PatternTooLong { chars }),
        _ => Ok(()),
    }
}

/// A valid event pattern; cloning it is cheap.
#[derive(Debug, Clone)]
pub struct Pattern(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    source: String,
    branches: Vec<Branch>,
    alternatives: Vec<Alternative>,
    wanted: Wanted,
}

impl Pattern {
    /// Parses and validates a pattern.
    ///
    /// # Errors
    /// What AWS would refuse as `InvalidEventPatternException`, in its words.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let branches = parse(text)?;
        let mut wanted = Wanted::default();
        let alternatives = branches.iter().map(|branch| Alternative::new(branch, &mut wanted)).collect();
        Ok(Self(Arc::new(Compiled { source: text.to_owned(), branches, alternatives, wanted })))
    }

    /// The text that was parsed, unchanged.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// Whether an event matches; anything but an object does not, nor does what is [`EventError::TooScattered`] as text.
    ///
    /// A tree holds every number that is no integer as a double; what its text said beyond that is not seen here.
    pub fn matches(&self, event: &Value) -> bool {
        leaves_of_tree(event, &self.0.wanted).is_some_and(|(leaves, _)| self.fulfilled_by(&leaves))
    }

    /// Whether an event given as text matches.
    ///
    /// # Errors
    /// The text is not JSON, or not an object.
    pub fn matches_str(&self, event_json: &str) -> Result<bool, EventError> {
        with_leaves(event_json, &self.0.wanted, |leaves| self.fulfilled_by(leaves))
    }

    /// Says field by field what the pattern wants and what the event has.
    ///
    /// With `$or`, the first alternative that matches is explained, else the one with the most matching fields.
    pub fn explain(&self, event: &Value) -> Explanation {
        explain(self.branches(), event)
    }

    fn fulfilled_by(&self, leaves: &Leaves<'_>) -> bool {
        self.0.alternatives.iter().any(|alternative| alternative.fulfilled_by(leaves))
    }

    pub(crate) fn branches(&self) -> &[Branch] {
        &self.0.branches
    }
}
