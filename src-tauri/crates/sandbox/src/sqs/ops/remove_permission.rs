//! `RemovePermission`: takes a statement out of a queue's policy.

use serde::Deserialize;

use super::add_permission::{invalid, set, statements};
use super::addressed::{Action, queue_at};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::sqs::error::SqsError;
use crate::sqs::moment::{Moment, random_id};
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    queue_url: Option<String>,
    label: Option<String>,
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let action = Action::Own("sqs:RemovePermission");
    let address = queue_at(&world.sqs, call, (input.queue_url.as_deref(), action))?;
    let label = input.label.ok_or(SqsError::MissingParameter("Label"))?;
    let mut statements = statements(&world.sqs, &address)?;
    let Some(at) = statements.iter().position(|statement| statement["Sid"] == label) else {
        return Err(invalid(&label, "Label", "can't find label on existing policy").into());
    };
    statements.remove(at);
    let mut moment = Moment { now_ms: call.now_ms, ids: &mut random_id, journal };
    set(&mut world.sqs, &address, (statements, &mut moment))?;
    Ok(Outcome::empty())
}
