//! `TagResource`: adds tags to a bus or a rule.

use serde::Deserialize;

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::tags::{Tag, Tagged, merged, read};
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(rename = "ResourceARN")]
    resource_arn: Option<String>,
    #[serde(rename = "Tags")]
    tags: Option<Vec<Tag>>,
}

/// Answers nothing.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let added = read(input.tags.ok_or_else(|| super::shared::missing("tags"))?)?;
    let region = world.events.region(call.region);
    let tagged = Tagged::find(region, input.resource_arn.as_deref())?;
    let tags = merged(tagged.tags(region), added)?;
    tagged.set(region, tags, journal);
    Ok(Outcome::empty())
}
