//! `SendMessageBatch`

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::addressed::{Action, queue_at};
use super::batch::{self, Entry};
use super::message_input::{AttributeInput, MessageInput};
use super::send_message::Output;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::sqs::error::SqsError;
use crate::sqs::message::Draft;
use crate::sqs::moment::{Moment, random_id};
use crate::state::{Journal, World};

/// Most bytes of all messages of a batch together (SQS quotas).
const MAX_BYTES: usize = 1_048_576;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    queue_url: Option<String>,
    entries: Option<Vec<MessageEntry>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct MessageEntry {
    id: Option<String>,
    message_body: Option<String>,
    delay_seconds: Option<i64>,
    #[serde(default)]
    message_attributes: BTreeMap<String, AttributeInput>,
    #[serde(default)]
    message_system_attributes: BTreeMap<String, AttributeInput>,
    message_deduplication_id: Option<String>,
    message_group_id: Option<String>,
}

impl Entry for MessageEntry {
    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

#[derive(Serialize)]
struct Successful {
    #[serde(rename = "Id")]
    id: String,
    #[serde(flatten)]
    message: Output,
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let action = Action::Shareable("sqs:SendMessage");
    let address = queue_at(&world.sqs, call, (input.queue_url.as_deref(), action))?;
    let entries = batch::checked(input.entries, "SendMessageBatchRequestEntry")?;
    let drafts: Vec<_> = entries.into_iter().map(|(id, entry)| (id, entry.draft(&call.caller.user_id))).collect();
    let sent = drafts.iter().filter_map(|(_, draft)| draft.as_ref().ok()).map(Draft::size).sum();
    if sent > MAX_BYTES {
        return Err(SqsError::BatchTooLong { limit: MAX_BYTES, sent }.into());
    }
    let queue = world.sqs.get_mut(&address)?;
    let mut moment = Moment { now_ms: call.now_ms, ids: &mut random_id, journal };
    let output = batch::each(drafts, |id, draft| {
        let draft = draft?;
        let message = Output::of(&draft);
        Ok(Successful { id, message: message.sent(queue.send(draft, &mut moment)?) })
    });
    Ok(Outcome::json(&output))
}

impl MessageEntry {
    fn draft(self, sender: &str) -> Result<Draft, SqsError> {
        let message = MessageInput {
            body: self.message_body,
            delay_s: self.delay_seconds,
            attributes: self.message_attributes,
            system_attributes: self.message_system_attributes,
            deduplication: self.message_deduplication_id,
            group: self.message_group_id,
        };
        message.draft(sender)
    }
}
