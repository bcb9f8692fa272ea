use std::sync::Arc;

use serde_json::Value;

use crate::error::{EventError, PatternError, PatternTooLong};
use crate::event::FlatEvent;
use crate::explain::{Explanation, explain};
use crate::json::{Location, read_value};
use crate::matcher::fulfils;
use crate::parse::{Branch, parse};
use crate::paths::Paths;

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
    paths: Paths,
}

impl Pattern {
    /// Parses and validates a pattern.
    ///
    /// # Errors
    /// What AWS would refuse as `InvalidEventPatternException`, in its words.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let branches = parse(text)?;
        let mut paths = Paths::default();
        branches.iter().flat_map(Branch::keys).for_each(|path| paths.add(path));
        Ok(Self(Arc::new(Compiled { source: text.to_owned(), branches, paths })))
    }

    /// The text that was parsed, unchanged.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// Whether an event matches; anything but an object does not.
    pub fn matches(&self, event: &Value) -> bool {
        self.matches_flat(&FlatEvent::new(event, &self.0.paths))
    }

    /// Whether an event given as text matches.
    ///
    /// # Errors
    /// The text is not JSON, or not an object.
    pub fn matches_str(&self, event_json: &str) -> Result<bool, EventError> {
        let event = read_value(event_json).map_err(|fault| {
            let Location { line, column } = Location::of(event_json, fault.offset);
            EventError::Malformed { reason: fault.reason, line, column }
        })?;
        if !event.is_object() {
            return Err(EventError::NotAnObject);
        }
        Ok(self.matches(&event))
    }

    /// Says field by field what the pattern wants and what the event has.
    ///
    /// With `$or`, the first alternative that matches is explained, else the one with the most matching fields.
    pub fn explain(&self, event: &Value) -> Explanation {
        explain(self.branches(), &FlatEvent::new(event, &self.0.paths))
    }

    pub(crate) fn matches_flat(&self, event: &FlatEvent<'_>) -> bool {
        self.0.branches.iter().any(|branch| fulfils(branch, event))
    }

    pub(crate) fn branches(&self) -> &[Branch] {
        &self.0.branches
    }
}
