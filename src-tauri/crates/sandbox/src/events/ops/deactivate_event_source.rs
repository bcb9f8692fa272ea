//! `DeactivateEventSource`: events are accepted and lost until it is activated again, or expires.

use super::activate_event_source::invalid_state;
use super::shared::source_name;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::not_found;
use crate::events::source::SourceState;
use crate::state::{Journal, World};

/// Answers nothing.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let name = source_name(call)?;
    let expiry_ms = world.settings.pending_expiry_ms;
    match world.events.region(call.region).sources.get(&name).map(|source| source.state) {
        None => Err(not_found(format!("Event source {name} does not exist."))),
        Some(SourceState::Deleted) => Err(invalid_state(&name)),
        Some(SourceState::Pending) => Ok(Outcome::empty()),
        Some(SourceState::Active) => {
            world.events.change_source((call.region, &name), journal, |source| {
                source.suspend(call.now_ms, expiry_ms);
                true
            });
            Ok(Outcome::empty())
        }
    }
}
