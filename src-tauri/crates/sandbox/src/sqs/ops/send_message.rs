//! `SendMessage`

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::addressed::{Action, queue_at};
use super::message_input::{AttributeInput, MessageInput};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::sqs::digest;
use crate::sqs::error::SqsError;
use crate::sqs::message::Draft;
use crate::sqs::moment::{Moment, random_id};
use crate::sqs::sending::Sent;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    queue_url: Option<String>,
    message_body: Option<String>,
    delay_seconds: Option<i64>,
    #[serde(default)]
    message_attributes: BTreeMap<String, AttributeInput>,
    #[serde(default)]
    message_system_attributes: BTreeMap<String, AttributeInput>,
    message_deduplication_id: Option<String>,
    message_group_id: Option<String>,
}

/// What the sender is told of a message; also within `SendMessageBatch`.
#[derive(Debug, Serialize)]
pub(super) struct Output {
    #[serde(rename = "MessageId")]
    message_id: String,
    #[serde(rename = "MD5OfMessageBody")]
    body_md5: String,
    #[serde(rename = "MD5OfMessageAttributes", skip_serializing_if = "Option::is_none")]
    attributes_md5: Option<String>,
    #[serde(rename = "MD5OfMessageSystemAttributes", skip_serializing_if = "Option::is_none")]
    system_attributes_md5: Option<String>,
    #[serde(rename = "SequenceNumber", skip_serializing_if = "Option::is_none")]
    sequence_number: Option<String>,
}

impl Output {
    /// The digests of a message that is about to be sent.
    pub(super) fn of(draft: &Draft) -> Self {
        Self {
            message_id: String::new(),
            body_md5: digest::of_body(&draft.body),
            attributes_md5: digest::of_attributes(draft.attributes.iter()),
            system_attributes_md5: digest::of_trace_header(draft.trace_header.as_deref()),
            sequence_number: None,
        }
    }

    /// Complete, after it was sent.
    pub(super) fn sent(self, sent: Sent) -> Self {
        Self { message_id: sent.message_id, sequence_number: sent.sequence.map(|number| format!("{number:020}")), ..self }
    }
}

pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let action = Action::Shareable("sqs:SendMessage");
    let address = queue_at(&world.sqs, call, (input.queue_url.as_deref(), action))?;
    let draft = draft(input, &call.caller.user_id)?;
    let output = Output::of(&draft);
    let mut moment = Moment { now_ms: call.now_ms, ids: &mut random_id, journal };
    let sent = world.sqs.get_mut(&address)?.send(draft, &mut moment)?;
    Ok(Outcome::json(&output.sent(sent)))
}

fn draft(input: Input, sender: &str) -> Result<Draft, SqsError> {
    let message = MessageInput {
        body: input.message_body,
        delay_s: input.delay_seconds,
        attributes: input.message_attributes,
        system_attributes: input.message_system_attributes,
        deduplication: input.message_deduplication_id,
        group: input.message_group_id,
    };
    message.draft(sender)
}
