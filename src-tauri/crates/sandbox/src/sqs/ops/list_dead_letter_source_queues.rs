//! `ListDeadLetterSourceQueues`

use serde::{Deserialize, Serialize};

use super::addressed::{Action, queue_at};
use super::paging::Page;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    queue_url: Option<String>,
    next_token: Option<String>,
    max_results: Option<i64>,
}

#[derive(Serialize)]
struct Output {
    #[serde(rename = "queueUrls")]
    queue_urls: Vec<String>,
    #[serde(rename = "NextToken", skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let action = Action::Shareable("sqs:ListDeadLetterSourceQueues");
    let address = queue_at(&world.sqs, call, (input.queue_url.as_deref(), action))?;
    let page = Page::read(input.max_results, input.next_token.as_deref())?;
    let mut queues = world.sqs.dead_letter_sources(&address);
    queues.retain(|queue| page.after.as_ref().is_none_or(|after| queue.name > *after));
    let more = queues.len() > page.max;
    queues.truncate(page.max);
    Ok(Outcome::json(&Output {
        next_token: page.next_token(queues.last().copied(), more),
        queue_urls: queues.iter().map(|queue| queue.url(call.endpoint)).collect(),
    }))
}
