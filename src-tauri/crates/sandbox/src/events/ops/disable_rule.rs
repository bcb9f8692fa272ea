//! `DisableRule`.

use super::shared::{change_rule, rule_name};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::rule::{Rule, RuleState};
use crate::state::{Journal, World};

/// Answers nothing; also where the rule already is disabled.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let (name, bus) = rule_name(call)?;
    let disable = |rule: &mut Rule| rule.row.state = RuleState::Disabled;
    change_rule(world, call, (&name, &bus), (journal, disable))?;
    Ok(Outcome::empty())
}
