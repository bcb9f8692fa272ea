//! `ListQueueTags`

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::addressed::{Action, queue_at};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    queue_url: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Output<'a> {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    tags: &'a BTreeMap<String, String>,
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let action = Action::Own("sqs:ListQueueTags");
    let address = queue_at(&world.sqs, call, (input.queue_url.as_deref(), action))?;
    Ok(Outcome::json(&Output { tags: world.sqs.get(&address)?.tags() }))
}
