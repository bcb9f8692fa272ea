//! `RemoveTargets`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::shared::{keep, no_rule, or_default};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::{BUS, Checks, NAME};
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    rule: Option<String>,
    event_bus_name: Option<String>,
    ids: Option<Vec<String>>,
    /// Concerns managed rules only, and the sandbox has none.
    #[serde(rename = "Force")]
    _force: Option<bool>,
}

/// Answers the ids that were not there.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let mut checks = Checks::default();
    checks.required("rule", input.rule.as_deref(), &NAME).optional("eventBusName", input.event_bus_name.as_deref(), &BUS);
    match &input.ids {
        Some(ids) => checks.members("ids", ids.len(), 100),
        None => checks.absent("ids"),
    };
    checks.finish()?;
    let bus = world.events.region(call.region).bus(&or_default(input.event_bus_name))?;
    let name = input.rule.unwrap_or_default();
    let Some(mut rule) = bus.rules().get(name.as_str()).cloned() else { return Err(no_rule(bus, &name)) };
    let ids = input.ids.unwrap_or_default();
    let failed: Vec<Value> = ids.iter().filter(|id| !rule.remove_target(id)).map(|id| missing(id)).collect();
    keep(&rule, journal);
    bus.put_rule(rule);
    Ok(Outcome::json(&json!({"FailedEntryCount": failed.len(), "FailedEntries": failed})))
}

fn missing(id: &str) -> Value {
    json!({
        "TargetId": id,
        "ErrorCode": "ResourceNotFoundException",
        "ErrorMessage": format!("Target {id} does not exist."),
    })
}
