//! `DescribeEventSource`: the customer's view of a source.

use super::shared::source_name;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::not_found;
use crate::state::{Journal, World};

/// Answers the source, a DELETED one included.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let name = source_name(call)?;
    match world.events.region(call.region).sources.get(&name) {
        Some(source) => Ok(Outcome::json(&source.describe())),
        None => Err(not_found(format!("Event source {name} does not exist."))),
    }
}
