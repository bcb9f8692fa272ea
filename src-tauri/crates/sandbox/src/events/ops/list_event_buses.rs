//! `ListEventBuses`.

use serde::Deserialize;

use super::shared::listed;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::{BUS_NAME, Checks};
use crate::events::page::Page;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    name_prefix: Option<String>,
    limit: Option<i64>,
    next_token: Option<String>,
}

/// Answers the buses whose names begin so.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    Checks::default().optional("namePrefix", input.name_prefix.as_deref(), &BUS_NAME).finish()?;
    let page = Page::of(input.limit, input.next_token.as_deref())?;
    let prefix = input.name_prefix.unwrap_or_default();
    let buses = &world.events.region(call.region).buses;
    let named = buses.iter().filter(|(name, _)| name.starts_with(&prefix));
    let (buses, token) = page.cut(named.map(|(name, bus)| (name.as_str(), bus.describe_briefly())));
    Ok(listed("EventBuses", buses, token))
}
