//! Which rules of a bus would an event match, and why not?

use serde_json::Value;
use waybill_aws::{CallError, Clients, call_error};
use waybill_pattern::{FieldOutcome, Pattern};

/// One rule of the bus, tried on the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleMatch {
    /// The rule's name.
    pub rule: String,
    /// Whether it is enabled; a disabled rule takes nothing.
    pub enabled: bool,
    /// Its event pattern; none for a rule on a schedule.
    pub pattern: Option<String>,
    /// Whether the pattern matches by Waybill's own evaluation; none where it cannot be read.
    pub matched: Option<bool>,
    /// Field by field.
    pub fields: Vec<FieldOutcome>,
    /// What AWS's own `TestEventPattern` says, where it was asked.
    pub by_aws: Option<Result<bool, CallError>>,
}

impl RuleMatch {
    /// Whether Waybill and AWS do not agree.
    pub fn disagrees(&self) -> bool {
        matches!((&self.matched, &self.by_aws), (Some(own), Some(Ok(theirs))) if own != theirs)
    }
}

/// The rules of a bus cannot be tried.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// AWS did not list them.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The event is no JSON object.
    #[error("the event is not a JSON object: {0}")]
    Event(String),
}

/// Tries an event on every rule of a bus; with `ask_aws`, AWS is asked about each rule too.
///
/// # Errors
/// When the event is no JSON object, or the rules cannot be listed.
pub async fn rules_matching(clients: &Clients, bus: &str, event: &str, ask_aws: bool) -> Result<Vec<RuleMatch>, RulesError> {
    let value: Value = serde_json::from_str(event).map_err(|error| RulesError::Event(error.to_string()))?;
    if !value.is_object() {
        return Err(RulesError::Event("it is another JSON value".to_owned()));
    }
    let mut rules = Vec::new();
    let mut next = None;
    loop {
        let request = clients.events().list_rules().event_bus_name(bus).set_next_token(next);
        let page = Box::pin(request.send()).await.map_err(|error| call_error("events", "ListRules", error))?;
        for rule in page.rules.unwrap_or_default() {
            let enabled = rule.state != Some(aws_sdk_eventbridge::types::RuleState::Disabled);
            rules.push(tried(rule.name.unwrap_or_default(), enabled, rule.event_pattern, &value));
        }
        next = page.next_token;
        if next.is_none() {
            break;
        }
    }
    if ask_aws {
        for rule in &mut rules {
            rule.by_aws = asked(clients, rule.pattern.as_deref(), event).await;
        }
    }
    Ok(rules)
}

fn tried(rule: String, enabled: bool, text: Option<String>, event: &Value) -> RuleMatch {
    let explanation = text.as_deref().and_then(|text| Pattern::parse(text).ok()).map(|pattern| pattern.explain(event));
    let matched = explanation.as_ref().map(|explanation| explanation.matched);
    RuleMatch { rule, enabled, pattern: text, matched, fields: explanation.map(|one| one.fields).unwrap_or_default(), by_aws: None }
}

async fn asked(clients: &Clients, pattern: Option<&str>, event: &str) -> Option<Result<bool, CallError>> {
    let sending = clients.events().test_event_pattern().event_pattern(pattern?).event(event).send();
    let answer = Box::pin(sending).await.map_err(|error| call_error("events", "TestEventPattern", error));
    Some(answer.map(|said| said.result()))
}
