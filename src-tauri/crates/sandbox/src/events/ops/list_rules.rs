//! `ListRules`.

use serde::Deserialize;

use super::shared::{listed, or_default};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::{BUS, Checks, NAME};
use crate::events::page::Page;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    name_prefix: Option<String>,
    event_bus_name: Option<String>,
    limit: Option<i64>,
    next_token: Option<String>,
}

/// Answers the rules of a bus whose names begin so.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    Checks::default()
        .optional("namePrefix", input.name_prefix.as_deref(), &NAME)
        .optional("eventBusName", input.event_bus_name.as_deref(), &BUS)
        .finish()?;
    let page = Page::of(input.limit, input.next_token.as_deref())?;
    let prefix = input.name_prefix.unwrap_or_default();
    let bus = world.events.region(call.region).bus(&or_default(input.event_bus_name))?;
    let named = bus.rules().iter().filter(|(name, _)| name.starts_with(&prefix));
    let (rules, token) = page.cut(named.map(|(name, rule)| (&**name, rule.describe())));
    Ok(listed("Rules", rules, token))
}
