//! `GetQueueUrl`

use serde::{Deserialize, Serialize};

use super::addressed::{Action, permit};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::sqs::address::Address;
use crate::sqs::error::SqsError;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(rename = "QueueName")]
    name: Option<String>,
    #[serde(rename = "QueueOwnerAWSAccountId")]
    owner: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    queue_url: String,
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let name = input.name.ok_or(SqsError::MissingParameter("QueueName"))?;
    let owner = input.owner.as_deref().unwrap_or(&call.caller.account);
    let address = Address::new(call.region, owner, &name);
    permit(&world.sqs, call, (&address, Action::Shareable("sqs:GetQueueUrl")))?;
    Ok(Outcome::json(&Output { queue_url: address.url(call.endpoint) }))
}
