//! `ChangeMessageVisibilityBatch`

use serde::Deserialize;

use super::addressed::{Action, queue_at};
use super::batch::{self, Done, Entry};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::sqs::error::SqsError;
use crate::sqs::moment::{Moment, random_id};
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    queue_url: Option<String>,
    entries: Option<Vec<VisibilityEntry>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct VisibilityEntry {
    id: Option<String>,
    receipt_handle: Option<String>,
    visibility_timeout: Option<i64>,
}

impl Entry for VisibilityEntry {
    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let action = Action::Shareable("sqs:ChangeMessageVisibility");
    let address = queue_at(&world.sqs, call, (input.queue_url.as_deref(), action))?;
    let entries = batch::checked(input.entries, "ChangeMessageVisibilityBatchRequestEntry")?;
    let queue = world.sqs.get_mut(&address)?;
    let mut moment = Moment { now_ms: call.now_ms, ids: &mut random_id, journal };
    let output = batch::each(entries, |id, entry| {
        let handle = entry.receipt_handle.ok_or(SqsError::MissingParameter("ReceiptHandle"))?;
        let visibility_s = entry.visibility_timeout.ok_or(SqsError::MissingParameter("VisibilityTimeout"))?;
        queue.change_visibility(&handle, visibility_s, &mut moment).map(|()| Done { id })
    });
    Ok(Outcome::json(&output))
}
