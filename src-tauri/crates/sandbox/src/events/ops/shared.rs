//! Inputs and looks that several operations share.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::bus::Bus;
use crate::events::check::{BUS, Checks, NAME, SOURCE_NAME};
use crate::events::rule::Rule;
use crate::events::{BUS_TABLE, DEFAULT_BUS, RULE_TABLE, buses, not_found};
use crate::state::{Journal, World};

/// The name of a partner event source.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SourceInput {
    name: Option<String>,
}

/// Reads an input that names a source only.
pub(super) fn source_name(call: &Call<'_>) -> Result<String, ApiError> {
    let input: SourceInput = call.input()?;
    Checks::default().required("name", input.name.as_deref(), &SOURCE_NAME).finish()?;
    Ok(input.name.unwrap_or_default())
}

/// The name of a rule on a bus.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct RuleInput {
    pub(super) name: Option<String>,
    pub(super) event_bus_name: Option<String>,
}

/// Reads an input that names a rule only: (rule, bus).
pub(super) fn rule_name(call: &Call<'_>) -> Result<(String, String), ApiError> {
    let input: RuleInput = call.input()?;
    Checks::default()
        .required("name", input.name.as_deref(), &NAME)
        .optional("eventBusName", input.event_bus_name.as_deref(), &BUS)
        .finish()?;
    Ok((input.name.unwrap_or_default(), or_default(input.event_bus_name)))
}

/// Writes a changed bus down.
pub(super) fn keep_bus(bus: &mut Bus, now_ms: i64, journal: &mut Journal) {
    bus.row.modified_ms = Some(now_ms);
    let row = &bus.row;
    journal.put(BUS_TABLE, buses::row_key(&row.account, &row.region, &row.name), row);
}

/// `ValidationException` for a member that must be there.
pub(super) fn missing(at: &str) -> ApiError {
    let message = format!("1 validation error detected: Value null at '{at}' failed to satisfy constraint: Member must not be null");
    ApiError::validation(message)
}

/// No bus named means the default one.
pub(super) fn or_default(bus: Option<String>) -> String {
    bus.unwrap_or_else(|| DEFAULT_BUS.to_owned())
}

/// The rule of a bus.
pub(super) fn rule<'a>(bus: &'a Bus, name: &str) -> Result<&'a Rule, ApiError> {
    bus.rules().get(name).ok_or_else(|| no_rule(bus, name))
}

/// `ResourceNotFoundException` for a rule.
pub(super) fn no_rule(bus: &Bus, name: &str) -> ApiError {
    not_found(format!("Rule {name} does not exist on EventBus {}.", bus.row.name))
}

/// Writes a rule down.
pub(super) fn keep(rule: &Rule, journal: &mut Journal) {
    journal.put(RULE_TABLE, rule_key(rule), &rule.row);
}

/// Forgets a rule.
pub(super) fn forget(rule: &Rule, journal: &mut Journal) {
    journal.delete(RULE_TABLE, rule_key(rule));
}

/// Rule names have no slash, so bus and rule cannot run together.
fn rule_key(rule: &Rule) -> String {
    let row = &rule.row;
    buses::row_key(&row.account, &row.region, &format!("{}/{}", row.bus, row.name))
}

/// Changes a rule, on its bus and in the journal.
pub(super) fn change_rule(
    world: &mut World,
    call: &Call<'_>,
    (name, bus): (&str, &str),
    (journal, change): (&mut Journal, impl FnOnce(&mut Rule)),
) -> Result<(), ApiError> {
    let bus = world.events.region(call.region).bus(bus)?;
    let mut changed = rule(bus, name)?.clone();
    change(&mut changed);
    keep(&changed, journal);
    bus.put_rule(changed);
    Ok(())
}

/// A list's answer.
pub(super) fn listed(name: &str, members: Vec<Value>, next_token: Option<String>) -> Outcome {
    let mut answer = Map::from_iter([(name.to_owned(), Value::Array(members))]);
    if let Some(token) = next_token {
        answer.insert("NextToken".into(), Value::from(token));
    }
    Outcome::json(&answer)
}
