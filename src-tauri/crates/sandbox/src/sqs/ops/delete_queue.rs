//! `DeleteQueue`

use serde::Deserialize;

use super::addressed::{Action, queue_at};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::sqs::moment::{Moment, random_id};
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    queue_url: Option<String>,
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let action = Action::Own("sqs:DeleteQueue");
    let address = queue_at(&world.sqs, call, (input.queue_url.as_deref(), action))?;
    world.sqs.delete(&address, &mut Moment { now_ms: call.now_ms, ids: &mut random_id, journal })?;
    Ok(Outcome::empty())
}
