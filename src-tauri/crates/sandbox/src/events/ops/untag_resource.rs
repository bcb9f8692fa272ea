//! `UntagResource`: takes tags from a bus or a rule.

use serde::Deserialize;

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::tags::Tagged;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(rename = "ResourceARN")]
    resource_arn: Option<String>,
    #[serde(rename = "TagKeys")]
    tag_keys: Option<Vec<String>>,
}

/// Answers nothing; a key that is not there is no error.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let removed = input.tag_keys.ok_or_else(|| super::shared::missing("tagKeys"))?;
    let region = world.events.region(call.region);
    let tagged = Tagged::find(region, input.resource_arn.as_deref())?;
    let mut tags = tagged.tags(region).clone();
    tags.retain(|key, _| !removed.contains(key));
    tagged.set(region, tags, journal);
    Ok(Outcome::empty())
}
