//! `UpdateEventBus`: description, key, dead-letter queue and logging of a bus.

use serde::Deserialize;
use serde_json::json;

use super::shared::{keep_bus, or_default};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::bus::Choices;
use crate::events::check::{BUS_NAME, Checks};
use crate::state::{Journal, World};

// Flattened members cannot deny unknown ones; the choices are read by themselves.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    name: Option<String>,
    description: Option<String>,
    kms_key_identifier: Option<String>,
    dead_letter_config: Option<crate::events::target::DeadLetterConfig>,
    log_config: Option<crate::events::bus::LogConfig>,
}

/// Answers the bus as it is now. What is left out is reset: a bus without a key uses AWS's own
/// (API reference, `KmsKeyIdentifier`), and the others go the same way.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let Input { name, description, kms_key_identifier, dead_letter_config, log_config } = call.input()?;
    let choices = Choices { description, kms_key_identifier, dead_letter_config, log_config };
    let mut checks = Checks::default();
    checks.optional("name", name.as_deref(), &BUS_NAME);
    choices.check(&mut checks);
    checks.finish()?;
    let bus = world.events.region(call.region).bus(&or_default(name))?;
    bus.row.choices = choices;
    keep_bus(bus, call.now_ms, journal);
    let mut answer = json!(bus.row.choices);
    answer["Arn"] = json!(bus.arn());
    answer["Name"] = json!(bus.row.name);
    Ok(Outcome::json(&answer))
}
