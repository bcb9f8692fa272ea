//! `ListQueues`

use serde::{Deserialize, Serialize};

use super::paging::Page;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::sqs::address::Address;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    #[serde(default)]
    queue_name_prefix: String,
    next_token: Option<String>,
    max_results: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    queue_urls: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let page = Page::read(input.max_results, input.next_token.as_deref())?;
    let first = Address::new(call.region, &call.caller.account, &input.queue_name_prefix);
    let mut queues = world.sqs.page(&first, page.after.as_deref(), page.max + 1);
    let more = queues.len() > page.max;
    queues.truncate(page.max);
    Ok(Outcome::json(&Output {
        next_token: page.next_token(queues.last().copied(), more),
        queue_urls: queues.iter().map(|queue| queue.url(call.endpoint)).collect(),
    }))
}
