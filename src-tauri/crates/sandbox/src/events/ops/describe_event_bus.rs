//! `DescribeEventBus`.

use serde::Deserialize;

use super::shared::or_default;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::{BUS, Checks};
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    name: Option<String>,
}

/// Answers the bus with its policy.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    Checks::default().optional("name", input.name.as_deref(), &BUS).finish()?;
    let bus = world.events.region(call.region).bus(&or_default(input.name))?;
    Ok(Outcome::json(&bus.describe()))
}
