//! The composer: an event prepared, edited, checked and published.

use serde_json::Value;
use waybill_domain::{EventType, IncidentId, Outgoing};
use waybill_store::ActionRow;

use crate::proof::{self, Intent};
use crate::view::{Composed, DetailCheck, DetailProblem, RunSummary};
use crate::{Console, Error, again, shape};

impl Console {
    /// Prepares an event of a new incident, as iLert would send it.
    ///
    /// # Errors
    /// When there is no such action.
    pub async fn compose(&self, action_id: &str, event: EventType) -> Result<Composed, Error> {
        let action = self.action_row(action_id.parse()?).await?;
        let id = self.store().write(|db| db.take_incident_ids(1)).await?;
        let detail = proof::sample(id, event, &action.action.alert_source, self.now());
        let detail = serde_json::to_string_pretty(&detail)
            .map_err(|error| Error::Broken(format!("a payload cannot be written as JSON: {error}")))?;
        Ok(Composed {
            event_type: event,
            partner_source: action.partner_source.as_ref().map(ToString::to_string).unwrap_or_default(),
            derived: event.is_derived(),
            check: self.check(&action, event, &detail).await?,
            detail,
        })
    }

    /// Prepares the event of a template: its detail, about a new incident.
    ///
    /// # Errors
    /// When there is no such action or template.
    pub async fn compose_template(&self, action_id: &str, template: i64) -> Result<Composed, Error> {
        let action = self.action_row(action_id.parse()?).await?;
        let found = self.store().read(move |db| db.template(template)).await?;
        let found = found.ok_or_else(|| Error::NotFound("there is no such template".to_owned()))?;
        let id = self.store().write(|db| db.take_incident_ids(1)).await?;
        let detail = indented(&again::about(&found.detail, id));
        Ok(Composed {
            event_type: found.event_type,
            partner_source: action.partner_source.as_ref().map(ToString::to_string).unwrap_or_default(),
            derived: found.event_type.is_derived(),
            check: self.check(&action, found.event_type, &detail).await?,
            detail,
        })
    }

    /// Checks a `detail` as typed: JSON object, size, expectation.
    ///
    /// # Errors
    /// When there is no such action.
    pub async fn check_detail(&self, action_id: &str, event: EventType, detail: &str) -> Result<DetailCheck, Error> {
        let action = self.action_row(action_id.parse()?).await?;
        self.check(&action, event, detail).await
    }

    /// Publishes a `detail` as typed: a run of one event.
    ///
    /// # Errors
    /// When the detail is refused (nothing is sent) or the chain is not set up.
    pub async fn publish_event(&self, action_id: &str, event: EventType, detail: &str) -> Result<RunSummary, Error> {
        let action = self.action_row(action_id.parse()?).await?;
        let incident = check_object(detail).map_err(|problem| Error::bad_input("Detail", problem.message))?;
        let taken = self.fresh_incident(incident).await?;
        let plan = proof::written(self, &action, event, detail.trim().to_owned(), taken).await?;
        for planned in plan.events.iter() {
            planned.outgoing.check_size()?;
        }
        self.start_planned(&action, plan).await
    }

    /// The incident that a hand-written detail is about; one without a number gets a new one, so that the pair of incident and event
    /// type stays unique where EventBridge's answer is lost.
    async fn fresh_incident(&self, written: Option<IncidentId>) -> Result<IncidentId, Error> {
        match written {
            Some(incident) => Ok(incident),
            None => Ok(self.store().write(|db| db.take_incident_ids(1)).await?),
        }
    }

    async fn check(&self, action: &ActionRow, event: EventType, detail: &str) -> Result<DetailCheck, Error> {
        let limit = Outgoing::SIZE_LIMIT as u64;
        let checked = check_object(detail);
        let intent = match Intent::of(self, action).await {
            Ok(intent) => intent,
            Err(Error::Refused(sentence)) => {
                return Ok(DetailCheck {
                    bytes: detail.len() as u64,
                    limit,
                    problem: checked.err(),
                    differences: shape::differences(detail, event),
                    expected: false,
                    expectation: sentence,
                });
            }
            Err(error) => return Err(error),
        };
        let outgoing = intent.outgoing(event, IncidentId(0), detail.trim().to_owned(), self.now());
        let bytes = outgoing.size() as u64;
        let problem = checked.err().or_else(|| outgoing.check_size().err().map(|invalid| plain(invalid.reason)));
        if problem.is_some() {
            return Ok(DetailCheck { bytes, limit, problem, differences: Vec::new(), expected: false, expectation: String::new() });
        }
        let expectation = intent.expectation(&outgoing)?;
        let (expected, differences) = (expectation.must_arrive(), shape::differences(detail, event));
        Ok(DetailCheck { bytes, limit, problem: None, differences, expected, expectation: intent.sentence(expectation) })
    }
}

/// Reads a `detail`; answers the incident number that it names.
pub(crate) fn check_object(detail: &str) -> Result<Option<IncidentId>, DetailProblem> {
    let value: Value = serde_json::from_str(detail).map_err(|error| DetailProblem {
        message: format!("the detail is not JSON: {error}"),
        line: Some(error.line() as u64),
        column: Some(error.column() as u64),
    })?;
    if !value.is_object() {
        return Err(plain("the detail must be a JSON object in braces; EventBridge refuses anything else as malformed"));
    }
    Ok(value.get("id").and_then(Value::as_str).and_then(|text| text.parse().ok()).map(IncidentId))
}

/// A JSON text with line breaks; numbers and strings stay as they were written.
pub(crate) fn indented(text: &str) -> String {
    let (mut out, mut depth, mut quoted, mut escaped) = (String::with_capacity(text.len() * 2), 0usize, false, false);
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    let mut before = ' ';
    for c in text.chars() {
        if quoted {
            out.push(c);
            (quoted, escaped) = (escaped || c != '"', c == '\\' && !escaped);
            before = c;
            continue;
        }
        if c.is_whitespace() {
            continue;
        }
        match c {
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if !matches!(before, '{' | '[') {
                    line(&mut out, depth);
                }
                out.push(c);
            }
            _ => {
                if matches!(before, '{' | '[' | ',') {
                    line(&mut out, depth);
                }
                out.push(c);
                depth += usize::from(matches!(c, '{' | '['));
                if c == ':' {
                    out.push(' ');
                }
                quoted = c == '"';
            }
        }
        before = c;
    }
    out
}

fn plain(message: impl Into<String>) -> DetailProblem {
    DetailProblem { message: message.into(), line: None, column: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_shown_with_line_breaks_and_its_own_spelling() {
        let text = r#"{"a":1.50,"b":["x, {y}\"",{}],"c":{"d":null}}"#;
        assert_eq!(indented(text), "{\n  \"a\": 1.50,\n  \"b\": [\n    \"x, {y}\\\"\",\n    {}\n  ],\n  \"c\": {\n    \"d\": null\n  }\n}");
    }

    #[test]
    fn a_detail_must_be_a_json_object() {
        for (detail, line) in [("", Some(1)), ("{\n\"a\": }", Some(2)), ("[1]", None), ("\"x\"", None)] {
            assert_eq!(check_object(detail).unwrap_err().line, line, "{detail:?}");
        }
        assert_eq!(check_object(r#"{"id":"42"}"#).unwrap(), Some(IncidentId(42)));
        assert_eq!(check_object(r#"{"other":1}"#).unwrap(), None);
    }
}
