//! Patterns tried before they are saved.

use serde::Serialize;
use waybill_domain::EventType;
use waybill_pattern::{FieldOutcome, MAX_PATTERN_CHARS, Pattern, check_length};
use waybill_setup::{ChainSpec, sample_event};

use super::form;
use crate::view::{FieldOutcomeView, PatternCheck, PatternForm, PatternSample};
use crate::{Console, Error};

/// The outcome of `waybill pattern test`.
#[derive(Debug, Clone, Serialize)]
pub struct PatternOutcome {
    /// Whether the event matches.
    pub matched: bool,
    /// Field by field.
    pub fields: Vec<FieldOutcomeView>,
}

/// Tries a pattern on an event.
///
/// # Errors
/// When the pattern is invalid, in AWS's words, or the event is not a JSON object.
pub fn pattern_test(pattern: &str, event: &str) -> Result<PatternOutcome, Error> {
    check_length(pattern).map_err(|error| Error::bad_input("Event pattern", error.to_string()))?;
    let pattern = Pattern::parse(pattern).map_err(|error| Error::bad_input("Event pattern", error.to_string()))?;
    pattern.matches_str(event).map_err(|error| Error::bad_input("Event", error.to_string()))?;
    let value = serde_json::from_str(event).map_err(|error| Error::bad_input("Event", error.to_string()))?;
    let explanation = pattern.explain(&value);
    Ok(PatternOutcome { matched: explanation.matched, fields: explanation.fields.into_iter().map(field).collect() })
}

impl Console {
    /// Checks a pattern and tries it on an action's nine samples.
    ///
    /// # Errors
    /// When there is no such action; a pattern that is refused is an answer, not an error.
    pub async fn pattern_check(&self, action_id: Option<&str>, choice: &PatternForm) -> Result<PatternCheck, Error> {
        let spec = self.sample_spec(action_id).await?;
        let text = match form::pattern(choice) {
            Ok(choice) => choice.text(&spec.account),
            Err(invalid) => return Ok(refused(String::new(), invalid.reason)),
        };
        if let Err(error) = check_length(&text) {
            return Ok(refused(text, format!("{error}; at most {MAX_PATTERN_CHARS} characters")));
        }
        match Pattern::parse(&text) {
            Ok(pattern) => Ok(PatternCheck { samples: samples(&pattern, &spec)?, text, problem: None, line: None, column: None }),
            Err(error) => Ok(PatternCheck { line: error.line(), column: error.column(), ..refused(text, error.to_string()) }),
        }
    }

    /// The chain whose names the samples carry; before the action is saved, one of the same shape.
    async fn sample_spec(&self, action_id: Option<&str>) -> Result<ChainSpec, Error> {
        let row = match action_id {
            Some(id) => Some(self.action_row(id.parse()?).await?),
            None => None,
        };
        let placeholder = || "aws.partner/ilert.com/alert-source/00000000-0000-4000-8000-000000000000".parse();
        let source = row.as_ref().and_then(|row| row.partner_source.clone()).map_or_else(placeholder, Ok)?;
        let (account, region) = match row {
            Some(row) => (row.action.settings.account, row.action.settings.region),
            None => (self.account().await?, self.connection().region.clone()),
        };
        Ok(ChainSpec::suggested(source, account, region))
    }
}

fn refused(text: String, problem: String) -> PatternCheck {
    PatternCheck { text, problem: Some(problem), line: None, column: None, samples: Vec::new() }
}

fn samples(pattern: &Pattern, spec: &ChainSpec) -> Result<Vec<PatternSample>, Error> {
    let broken = |error: serde_json::Error| Error::Broken(format!("a sample cannot be read: {error}"));
    let sample = |event_type: EventType| {
        let value: serde_json::Value = serde_json::from_str(&sample_event(spec, event_type)).map_err(broken)?;
        let explanation = pattern.explain(&value);
        Ok(PatternSample {
            event_type,
            matches: explanation.matched,
            fields: explanation.fields.into_iter().map(field).collect(),
            envelope: serde_json::to_string_pretty(&value).map_err(broken)?,
        })
    };
    EventType::ALL.into_iter().map(sample).collect()
}

fn field(outcome: FieldOutcome) -> FieldOutcomeView {
    FieldOutcomeView { path: outcome.path, matched: outcome.matched, wanted: outcome.wanted, found: outcome.found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_told_apart_by_match_mismatch_and_mistake() {
        let event = r#"{"source":"aws.partner/ilert.com/x/1"}"#;
        assert!(pattern_test(r#"{"source":[{"prefix":"aws.partner"}]}"#, event).unwrap().matched);
        let outcome = pattern_test(r#"{"source":["other"]}"#, event).unwrap();
        assert!(!outcome.matched);
        assert_eq!(outcome.fields[0].path, "source", "the field that failed is named");
        assert_eq!(pattern_test("{", event).unwrap_err().exit_code(), 2);
        assert_eq!(pattern_test(r#"{"source":["x"]}"#, "no event").unwrap_err().exit_code(), 2);
    }
}
