//! `UntagQueue`

use serde::Deserialize;

use super::addressed::{Action, queue_at};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::sqs::error::SqsError;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    queue_url: Option<String>,
    tag_keys: Option<Vec<String>>,
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let action = Action::Own("sqs:UntagQueue");
    let address = queue_at(&world.sqs, call, (input.queue_url.as_deref(), action))?;
    let removed = input.tag_keys.filter(|keys| !keys.is_empty()).ok_or(SqsError::MissingParameter("TagKeys"))?;
    let queue = world.sqs.get_mut(&address)?;
    let mut tags = queue.tags().clone();
    tags.retain(|key, _| !removed.contains(key));
    queue.set_tags(tags, journal);
    Ok(Outcome::empty())
}
