//! `DescribePartnerEventSource`: the partner's view of a source.

use super::shared::source_name;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, World};

/// Answers name and ARN.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let name = source_name(call)?;
    let source = world.events.region(call.region).live_source(&name)?;
    Ok(Outcome::json(&source.describe_to_partner()))
}
