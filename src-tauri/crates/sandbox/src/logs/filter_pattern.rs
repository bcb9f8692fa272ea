//! The filter patterns that are understood: one field of a JSON record that equals a text.

use serde_json::Value;

/// What a record must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FilterPattern<'a> {
    path: Vec<&'a str>,
    wanted: &'a str,
}

impl<'a> FilterPattern<'a> {
    /// Reads `{ $.event_id = "…" }`; none for anything else.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let inner = text.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
        let (selector, wanted) = inner.split_once('=')?;
        let wanted = wanted.trim().strip_prefix('"')?.strip_suffix('"').filter(|text| !text.contains('"'))?;
        let path: Vec<&str> = selector.trim().strip_prefix("$.")?.split('.').collect();
        let is_name = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        path.iter().all(is_name).then_some(Self { path, wanted })
    }

    /// Whether a record has it.
    pub(super) fn fits(&self, message: &str) -> bool {
        let record: Value = serde_json::from_str(message).unwrap_or_default();
        self.path.iter().fold(&record, |at, name| &at[*name]).as_str() == Some(self.wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_field_is_compared_and_nothing_else_is_read() {
        let pattern = FilterPattern::read(r#"{ $.details.rule_arn = "r" }"#).unwrap();
        assert!(pattern.fits(r#"{"details":{"rule_arn":"r"}}"#) && !pattern.fits(r#"{"details":{}}"#) && !pattern.fits("no JSON"));
        for other in ["r", r#"{ $.a != "b" }"#, r#"{ $.a = 1 }"#, r#"{ ($.a = "b") || ($.c = "d") }"#, "{}"] {
            assert_eq!(FilterPattern::read(other), None, "{other} must be refused, not half obeyed");
        }
    }
}
