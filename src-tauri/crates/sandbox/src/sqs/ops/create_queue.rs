//! `CreateQueue`

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::sqs::address::Address;
use crate::sqs::attributes::AttributeMap;
use crate::sqs::error::SqsError;
use crate::sqs::moment::{Moment, random_id};
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    queue_name: Option<String>,
    #[serde(default)]
    attributes: AttributeMap,
    #[serde(default, rename = "tags")]
    tags: BTreeMap<String, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    queue_url: String,
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let name = input.queue_name.ok_or(SqsError::MissingParameter("QueueName"))?;
    let address = Address::new(call.region, &call.caller.account, &name);
    let queue_url = address.url(call.endpoint);
    let mut moment = Moment { now_ms: call.now_ms, ids: &mut random_id, journal };
    world.sqs.create(address, (&input.attributes, input.tags), &mut moment)?;
    Ok(Outcome::json(&Output { queue_url }))
}
