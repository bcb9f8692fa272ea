//! `RemovePermission`.

use serde::Deserialize;
use serde_json::Value;

use super::put_permission::check_bus;
use super::shared::{keep_bus, or_default};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::{Checks, STATEMENT_ID};
use crate::events::not_found;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    event_bus_name: Option<String>,
    statement_id: Option<String>,
    #[serde(default)]
    remove_all_permissions: bool,
}

/// Answers nothing.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let mut checks = Checks::default();
    check_bus(&mut checks, input.event_bus_name.as_deref(), world.settings.partner_bus_permissions);
    checks.optional("statementId", input.statement_id.as_deref(), &STATEMENT_ID).finish()?;
    let bus = world.events.region(call.region).bus(&or_default(input.event_bus_name))?;
    if input.remove_all_permissions {
        bus.row.policy.clear();
    } else {
        let sid = input.statement_id.map(Value::from);
        let at = bus.row.policy.iter().position(|statement| sid.is_some() && statement.get("Sid") == sid.as_ref());
        let at = at.ok_or_else(|| not_found("Statement with the provided id does not exist.".into()))?;
        bus.row.policy.remove(at);
    }
    keep_bus(bus, call.now_ms, journal);
    Ok(Outcome::empty())
}
