//! The event pattern of a twin rule: the same as the chain's, but for what it says about the source.

use serde_json::{Value, json};
use waybill_domain::{EventSource, PartnerSourceName};
use waybill_pattern::{EventError, Pattern, PatternError};

/// A pattern as a rehearsal uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RehearsedPattern {
    /// The pattern of the twin's rule.
    pub text: String,
    /// What was written otherwise than in the chain's rule, as sentences; empty where the pattern is the same to the letter.
    pub changes: Vec<String>,
}

/// A pattern cannot be rewritten for a rehearsal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RewriteError {
    /// It is no pattern.
    #[error("the recorded event pattern cannot be read: {0}")]
    Pattern(#[from] PatternError),
    /// It is no JSON.
    #[error("the recorded event pattern is not JSON")]
    Json,
    /// The event of the test cannot be read.
    #[error("the event pattern cannot be tried: {0}")]
    Event(#[from] EventError),
}

/// Rewrites a pattern for events that come from `source` under another name: a condition on the source that tells the two apart is written
/// anew, so that it says of the rehearsal's source what it says of the real one. Everything else stays.
///
/// # Errors
/// When the text is not an event pattern.
pub fn rehearsed_pattern(pattern: &str, source: &PartnerSourceName) -> Result<RehearsedPattern, RewriteError> {
    Pattern::parse(pattern)?;
    let mut value: Value = serde_json::from_str(pattern).map_err(|_| RewriteError::Json)?;
    let names = Names { real: source.clone().into(), twin: source.in_rehearsal() };
    let mut changes = Vec::new();
    names.rewrite(&mut value, &mut changes)?;
    let text = if changes.is_empty() { pattern.to_owned() } else { value.to_string() };
    Ok(RehearsedPattern { text, changes })
}

struct Names {
    real: EventSource,
    twin: EventSource,
}

impl Names {
    /// Conditions on the source stand at the top of a pattern, and in the alternatives of `$or`.
    fn rewrite(&self, pattern: &mut Value, changes: &mut Vec<String>) -> Result<(), RewriteError> {
        let Some(fields) = pattern.as_object_mut() else { return Ok(()) };
        if let Some(condition) = fields.get_mut("source")
            && let Some(new) = self.condition(condition)?
        {
            changes.push(format!("the condition on the source {condition} became {new}"));
            *condition = new;
        }
        for alternative in fields.get_mut("$or").and_then(Value::as_array_mut).into_iter().flatten() {
            self.rewrite(alternative, changes)?;
        }
        Ok(())
    }

    /// What to write instead; none where the condition says the same of both sources.
    fn condition(&self, condition: &Value) -> Result<Option<Value>, RewriteError> {
        let wanted = takes(condition, &self.real)?;
        if takes(condition, &self.twin)? == wanted {
            return Ok(None);
        }
        let mut renamed = condition.clone();
        rename(&mut renamed);
        if takes(&renamed, &self.twin)? == wanted {
            return Ok(Some(renamed));
        }
        Ok(Some(if wanted { json!([self.twin]) } else { json!([{ "anything-but": [self.twin] }]) }))
    }
}

fn takes(condition: &Value, source: &EventSource) -> Result<bool, RewriteError> {
    let pattern = Pattern::parse(&json!({ "source": condition }).to_string())?;
    Ok(pattern.matches_str(&json!({ "source": source }).to_string())?)
}

/// Puts `waybill.` in the place of `aws.` at the beginning of every text.
fn rename(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(rest) = text.strip_prefix("aws.") {
                *text = format!("waybill.{rest}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(rename),
        Value::Object(fields) => fields.values_mut().for_each(rename),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(pattern: &str) -> RehearsedPattern {
        rehearsed_pattern(pattern, &"aws.partner/ilert.com/test/1".parse().unwrap()).unwrap()
    }

    #[test]
    fn a_pattern_that_does_not_tell_the_sources_apart_stays_to_the_letter() {
        for same in [
            r#"{"account":["123456789012"]}"#,
            r#"{"source":[{"prefix":""}]}"#,
            r#"{ "detail-type": ["incident-created"] }"#,
            r#"{"source":[{"suffix":"/test/1"}]}"#,
            r#"{"detail":{"source":["aws.partner/ilert.com/test/1"]}}"#,
        ] {
            assert_eq!(rewritten(same), RehearsedPattern { text: same.to_owned(), changes: Vec::new() });
        }
    }

    #[test]
    fn a_condition_on_the_source_says_of_the_twin_what_it_said_of_the_real_one() {
        let cases = [
            (r#"{"source":["aws.partner/ilert.com/test/1"]}"#, r#"{"source":["waybill.partner/ilert.com/test/1"]}"#),
            (r#"{"source":[{"prefix":"aws.partner"}]}"#, r#"{"source":[{"prefix":"waybill.partner"}]}"#),
            (r#"{"source":[{"wildcard":"aws.*"}]}"#, r#"{"source":[{"wildcard":"waybill.*"}]}"#),
            (r#"{"source":[{"prefix":"aw"}]}"#, r#"{"source":["waybill.partner/ilert.com/test/1"]}"#),
            (r#"{"source":[{"anything-but":{"prefix":"waybill"}}]}"#, r#"{"source":["waybill.partner/ilert.com/test/1"]}"#),
            (r#"{"source":[{"prefix":"waybill"}]}"#, r#"{"source":[{"anything-but":["waybill.partner/ilert.com/test/1"]}]}"#),
            (
                r#"{"$or":[{"source":["aws.partner/ilert.com/test/1"]},{"detail-type":["x"]}]}"#,
                r#"{"$or":[{"source":["waybill.partner/ilert.com/test/1"]},{"detail-type":["x"]}]}"#,
            ),
        ];
        for (pattern, expected) in cases {
            let rewritten = rewritten(pattern);
            assert_eq!(rewritten.text, expected, "{pattern}");
            assert_eq!(rewritten.changes.len(), 1, "what was rewritten is told: {rewritten:?}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for wrong in ["", "{}", "7", r#"{"source":"x"}"#] {
            assert!(rehearsed_pattern(wrong, &"aws.partner/ilert.com/test/1".parse().unwrap()).is_err(), "{wrong:?}");
        }
    }
}
