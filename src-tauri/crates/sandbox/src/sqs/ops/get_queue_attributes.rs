//! `GetQueueAttributes`

use serde::{Deserialize, Serialize};

use super::addressed::{Action, queue_at};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::sqs::attributes::{AttributeMap, is_known};
use crate::sqs::error::SqsError;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    queue_url: Option<String>,
    #[serde(default)]
    attribute_names: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    #[serde(skip_serializing_if = "AttributeMap::is_empty")]
    attributes: AttributeMap,
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let action = Action::Shareable("sqs:GetQueueAttributes");
    let address = queue_at(&world.sqs, call, (input.queue_url.as_deref(), action))?;
    let names = input.attribute_names;
    if let Some(unknown) = names.iter().find(|name| !is_known(name)) {
        return Err(SqsError::UnknownAttribute(unknown.clone()).into());
    }
    let queue = world.sqs.get_mut(&address)?;
    queue.let_time_pass(call.now_ms, journal);
    let mut attributes = queue.shown();
    if !names.iter().any(|name| name == "All") {
        attributes.retain(|name, _| names.contains(name));
    }
    Ok(Outcome::json(&Output { attributes }))
}
