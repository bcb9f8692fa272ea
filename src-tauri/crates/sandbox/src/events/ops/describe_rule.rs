//! `DescribeRule`.

use serde_json::json;

use super::shared::{rule, rule_name};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, World};

/// Answers the rule without its targets.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let (name, bus) = rule_name(call)?;
    let rule = rule(world.events.region(call.region).bus(&bus)?, &name)?;
    let mut answer = rule.describe();
    answer["CreatedBy"] = json!(rule.row.account);
    Ok(Outcome::json(&answer))
}
