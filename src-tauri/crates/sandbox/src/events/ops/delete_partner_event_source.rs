//! `DeletePartnerEventSource`: the customer's bus and rules stay, and receive nothing.

use super::create_partner_event_source::Input;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, World};

/// Answers nothing; a source that is not there is no error (the model has none for it).
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let (name, _) = Input::read(world, call)?;
    if world.events.region(call.region).live_source(&name).is_ok() {
        world.events.delete_source((call.region, &name), journal);
    }
    Ok(Outcome::empty())
}
