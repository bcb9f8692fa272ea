//! `ListTargetsByRule`.

use serde::Deserialize;
use serde_json::json;

use super::shared::{listed, or_default, rule};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::{BUS, Checks, NAME};
use crate::events::page::Page;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    rule: Option<String>,
    event_bus_name: Option<String>,
    limit: Option<i64>,
    next_token: Option<String>,
}

/// Answers the targets as they were put.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    Checks::default()
        .required("rule", input.rule.as_deref(), &NAME)
        .optional("eventBusName", input.event_bus_name.as_deref(), &BUS)
        .finish()?;
    let page = Page::of(input.limit, input.next_token.as_deref())?;
    let bus = world.events.region(call.region).bus(&or_default(input.event_bus_name))?;
    let rule = rule(bus, &input.rule.unwrap_or_default())?;
    let (targets, token) = page.cut(rule.row.targets.iter().map(|target| (target.id.as_str(), json!(target))));
    Ok(listed("Targets", targets, token))
}
