//! `PutPermission`: who may publish to a bus.

use serde::Deserialize;

use super::shared::{keep_bus, or_default};
use crate::call::{Call, Outcome};
use crate::config::PartnerBusPermissions;
use crate::error::ApiError;
use crate::events::bus::Bus;
use crate::events::check::{ACTION, BUS_NAME, Checks, NON_PARTNER_BUS_NAME, PRINCIPAL, STATEMENT_ID};
use crate::events::policy;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    event_bus_name: Option<String>,
    action: Option<String>,
    principal: Option<String>,
    statement_id: Option<String>,
    condition: Option<Condition>,
    policy: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Condition {
    r#type: Option<String>,
    key: Option<String>,
    value: Option<String>,
}

/// Answers nothing.
///
/// A partner bus is refused by the form of its name, as on today's AWS, unless the sandbox plays 2021.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    check(&input, world.settings.partner_bus_permissions)?;
    let bus = world.events.region(call.region).bus(&or_default(input.event_bus_name.clone()))?;
    match &input.policy {
        Some(document) => policy::replace(bus, policy::statements(document)?)?,
        None => put_statement(bus, &input)?,
    }
    keep_bus(bus, call.now_ms, journal);
    Ok(Outcome::empty())
}

fn check(input: &Input, permissions: PartnerBusPermissions) -> Result<(), ApiError> {
    let mut checks = Checks::default();
    check_bus(&mut checks, input.event_bus_name.as_deref(), permissions);
    if input.policy.is_none() {
        checks.required("action", input.action.as_deref(), &ACTION).required("principal", input.principal.as_deref(), &PRINCIPAL).required(
            "statementId",
            input.statement_id.as_deref(),
            &STATEMENT_ID,
        );
    }
    if let Some(condition) = &input.condition {
        checks.one_of("condition.type", condition.r#type.as_deref(), &["StringEquals"]).one_of(
            "condition.key",
            condition.key.as_deref(),
            &["aws:PrincipalOrgID"],
        );
        for (at, value) in [("condition.type", &condition.r#type), ("condition.key", &condition.key), ("condition.value", &condition.value)]
        {
            if value.is_none() {
                checks.absent(at);
            }
        }
    }
    checks.finish()
}

/// The bus's name, in the form of this time.
pub(super) fn check_bus(checks: &mut Checks, name: Option<&str>, permissions: PartnerBusPermissions) {
    let form = match permissions {
        PartnerBusPermissions::Today => &NON_PARTNER_BUS_NAME,
        PartnerBusPermissions::Year2021 => &BUS_NAME,
    };
    checks.optional("eventBusName", name, form);
}

fn put_statement(bus: &mut Bus, input: &Input) -> Result<(), ApiError> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let (sid, principal, action) = (text(&input.statement_id), text(&input.principal), text(&input.action));
    let organization = input.condition.as_ref().and_then(|condition| condition.value.as_deref());
    let statement = policy::statement((&sid, &principal, &action), organization, &bus.arn());
    policy::put(bus, statement)
}
