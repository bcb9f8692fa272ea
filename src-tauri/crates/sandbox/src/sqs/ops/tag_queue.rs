//! `TagQueue`

use std::collections::BTreeMap;

use serde::Deserialize;

use super::addressed::{Action, queue_at};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::sqs::error::SqsError;
use crate::state::{Journal, World};

/// Most tags of a queue (SQS quotas).
const MAX_TAGS: usize = 50;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    queue_url: Option<String>,
    tags: Option<BTreeMap<String, String>>,
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let action = Action::Own("sqs:TagQueue");
    let address = queue_at(&world.sqs, call, (input.queue_url.as_deref(), action))?;
    let added = input.tags.filter(|tags| !tags.is_empty()).ok_or(SqsError::MissingParameter("Tags"))?;
    let queue = world.sqs.get_mut(&address)?;
    let mut tags = queue.tags().clone();
    tags.extend(added);
    if tags.len() > MAX_TAGS {
        let sentence = format!("Too many tags added for queue {}.", address.name);
        return Err(SqsError::InvalidParameter(sentence).into());
    }
    queue.set_tags(tags, journal);
    Ok(Outcome::empty())
}
