//! `DeleteRule`.

use serde::Deserialize;

use super::shared::{forget, or_default};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::{BUS, Checks, NAME};
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    name: Option<String>,
    event_bus_name: Option<String>,
    /// Concerns managed rules only, and the sandbox has none.
    #[serde(rename = "Force")]
    _force: Option<bool>,
}

/// Answers nothing; a rule that is not there is no error.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    Checks::default()
        .required("name", input.name.as_deref(), &NAME)
        .optional("eventBusName", input.event_bus_name.as_deref(), &BUS)
        .finish()?;
    let name = input.name.unwrap_or_default();
    let bus = world.events.region(call.region).bus(&or_default(input.event_bus_name))?;
    let Some(rule) = bus.rules().get(name.as_str()) else { return Ok(Outcome::empty()) };
    if !rule.row.targets.is_empty() {
        return Err(ApiError::validation("Rule can't be deleted since it has targets."));
    }
    forget(rule, journal);
    bus.remove_rule(&name);
    Ok(Outcome::empty())
}
