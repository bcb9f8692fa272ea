//! `ActivateEventSource`: a PENDING source that still has its bus delivers again.

use super::shared::source_name;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::not_found;
use crate::events::source::{Source, SourceState};
use crate::state::{Journal, World};

/// Answers nothing.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let name = source_name(call)?;
    let region = world.events.region(call.region);
    match (region.sources.get(&name).map(|source| source.state), region.buses.contains_key(&name)) {
        (Some(SourceState::Deleted), _) => Err(invalid_state(&name)),
        (Some(SourceState::Active | SourceState::Pending), true) => {
            let activate = |source: &mut Source| {
                source.activate();
                true
            };
            world.events.change_source((call.region, &name), journal, activate);
            Ok(Outcome::empty())
        }
        _ => Err(not_found(format!("Event source {name} or event bus {name} does not exist."))),
    }
}

/// The partner deleted it; only the partner can bring it back.
pub(super) fn invalid_state(name: &str) -> ApiError {
    ApiError::sender(
        "InvalidStateException",
        format!("Event source {name} is in state DELETED, which is not a valid state for this operation."),
    )
}
