//! `ListTagsForResource`.

use serde::Deserialize;
use serde_json::json;

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::tags::{Tagged, shown};
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(rename = "ResourceARN")]
    resource_arn: Option<String>,
}

/// Answers the tags of a bus or a rule, by key.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let region = world.events.region(call.region);
    let tagged = Tagged::find(region, input.resource_arn.as_deref())?;
    Ok(Outcome::json(&json!({"Tags": shown(tagged.tags(region))})))
}
