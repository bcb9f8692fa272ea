//! `ListPartnerEventSources`: the partner's view.

use serde::Deserialize;

use super::shared::listed;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::{Checks, SOURCE_PREFIX};
use crate::events::page::Page;
use crate::events::source::SourceState;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    name_prefix: Option<String>,
    limit: Option<i64>,
    next_token: Option<String>,
}

/// Answers the partner's sources whose names begin so.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    Checks::default().required("namePrefix", input.name_prefix.as_deref(), &SOURCE_PREFIX).finish()?;
    let page = Page::of(input.limit, input.next_token.as_deref())?;
    let prefix = input.name_prefix.unwrap_or_default();
    let sources = &world.events.region(call.region).sources;
    let named = sources.iter().filter(|(name, source)| name.starts_with(&prefix) && source.state != SourceState::Deleted);
    let (sources, token) = page.cut(named.map(|(name, source)| (name.as_str(), source.describe_to_partner())));
    Ok(listed("PartnerEventSources", sources, token))
}
