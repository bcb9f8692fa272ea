//! `DeleteEventBus`: the source of a partner bus becomes PENDING again.

use serde::Deserialize;

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::buses::row_key;
use crate::events::check::{BUS_NAME, Checks};
use crate::events::source::SourceState;
use crate::events::{BUS_TABLE, DEFAULT_BUS};
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    name: Option<String>,
}

/// Answers nothing.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    Checks::default().required("name", input.name.as_deref(), &BUS_NAME).finish()?;
    let name = input.name.unwrap_or_default();
    if name == DEFAULT_BUS {
        return Err(ApiError::validation("Cannot delete event bus default."));
    }
    let expiry_ms = world.settings.pending_expiry_ms;
    let region = world.events.region(call.region);
    if !region.bus(&name)?.rules().is_empty() {
        return Err(ApiError::validation("Event bus can't be deleted since it has rules."));
    }
    region.buses.remove(&name);
    journal.delete(BUS_TABLE, row_key(&call.caller.account, call.region, &name));
    world.events.change_source((call.region, &name), journal, |source| {
        source.suspend_unless_deleted(call.now_ms, expiry_ms);
        source.state != SourceState::Deleted
    });
    Ok(Outcome::empty())
}
