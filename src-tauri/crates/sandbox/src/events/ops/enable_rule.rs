//! `EnableRule`.

use super::shared::{change_rule, rule_name};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::rule::{Rule, RuleState};
use crate::state::{Journal, World};

/// Answers nothing; also where the rule already is enable""d.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let (name, bus) = rule_name(call)?;
    let enable = |rule: &mut Rule| rule.row.state = RuleState::Enabled;
    change_rule(world, call, (&name, &bus), (journal, enable))?;
    Ok(Outcome::empty())
}
