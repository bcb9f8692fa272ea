//! `ReceiveMessage`, with long polling.

use std::collections::BTreeMap;

use aws_smithy_types::base64;
use serde::{Deserialize, Serialize};

use super::addressed::{Action, queue_at};
use super::message_input::check_id;
use crate::call::{Call, Outcome, Wait};
use crate::error::ApiError;
use crate::sqs::attributes::is_known;
use crate::sqs::backlog::Stored;
use crate::sqs::digest;
use crate::sqs::error::SqsError;
use crate::sqs::message::{Value, is_asked_for};
use crate::sqs::moment::{Moment, random_id};
use crate::sqs::queue::Queue;
use crate::sqs::receiving::{Ask, check_visibility};
use crate::sqs::sending::wrong_for_type;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    queue_url: Option<String>,
    #[serde(default)]
    attribute_names: Vec<String>,
    #[serde(default)]
    message_system_attribute_names: Vec<String>,
    #[serde(default)]
    message_attribute_names: Vec<String>,
    max_number_of_messages: Option<i64>,
    visibility_timeout: Option<i64>,
    wait_time_seconds: Option<i64>,
    receive_request_attempt_id: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Output<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<MessageOutput<'a>>,
}

#[derive(Serialize)]
struct MessageOutput<'a> {
    #[serde(rename = "MessageId")]
    id: &'a str,
    #[serde(rename = "ReceiptHandle")]
    handle: String,
    #[serde(rename = "MD5OfBody")]
    body_md5: String,
    #[serde(rename = "Body")]
    body: &'a str,
    #[serde(rename = "Attributes", skip_serializing_if = "BTreeMap::is_empty")]
    system_attributes: BTreeMap<&'static str, String>,
    #[serde(rename = "MD5OfMessageAttributes", skip_serializing_if = "Option::is_none")]
    attributes_md5: Option<String>,
    #[serde(rename = "MessageAttributes", skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<&'a str, AttributeOutput<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AttributeOutput<'a> {
    data_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    string_value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    binary_value: Option<String>,
}

/// The system attributes of a message, and `All`.
const SYSTEM_ATTRIBUTES: [&str; 10] = [
    "All",
    "SenderId",
    "SentTimestamp",
    "ApproximateReceiveCount",
    "ApproximateFirstReceiveTimestamp",
    "SequenceNumber",
    "MessageDeduplicationId",
    "MessageGroupId",
    "AWSTraceHeader",
    "DeadLetterQueueSourceArn",
];

pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let action = Action::Shareable("sqs:ReceiveMessage");
    let address = queue_at(&world.sqs, call, (input.queue_url.as_deref(), action))?;
    let ask = Ask { attempt: attempt(&input, address.is_fifo())?, ..ask(&input)? };
    let mut moment = Moment { now_ms: call.now_ms, ids: &mut random_id, journal };
    let taken = world.sqs.receive(&address, ask, &mut moment)?;
    let queue = world.sqs.get(&address)?;
    if taken.is_empty()
        && let Some(wait) = wait(queue, call, input.wait_time_seconds)
    {
        return Ok(Outcome::Wait(wait));
    }
    let messages = taken.iter().filter_map(|&sequence| queue.message(sequence)).map(|stored| shown(queue, stored, &input));
    Ok(Outcome::json(&Output { messages: messages.collect() }))
}

/// The id of an attempt, which standard queues do not take.
fn attempt(input: &Input, fifo: bool) -> Result<Option<&str>, SqsError> {
    let Some(id) = input.receive_request_attempt_id.as_deref() else { return Ok(None) };
    check_id(id, "ReceiveRequestAttemptId")?;
    if fifo { Ok(Some(id)) } else { Err(wrong_for_type("ReceiveRequestAttemptId", id)) }
}

fn ask(input: &Input) -> Result<Ask<'static>, SqsError> {
    let max = input.max_number_of_messages.unwrap_or(1);
    if !(1..=10).contains(&max) {
        return Err(out_of_range(max, "MaxNumberOfMessages", "Must be between 1 and 10, if provided."));
    }
    if let Some(wait_s) = input.wait_time_seconds.filter(|wait_s| !(0..=20).contains(wait_s)) {
        return Err(out_of_range(wait_s, "WaitTimeSeconds", "Must be >= 0 and <= 20, if provided."));
    }
    input.visibility_timeout.map_or(Ok(()), check_visibility)?;
    let mut names = input.attribute_names.iter().chain(&input.message_system_attribute_names);
    if let Some(unknown) = names.find(|name| !SYSTEM_ATTRIBUTES.contains(&name.as_str()) && !is_known(name)) {
        return Err(SqsError::UnknownAttribute(unknown.clone()));
    }
    Ok(Ask { max: usize::try_from(max).expect("it is at most ten"), visibility_s: input.visibility_timeout, attempt: None })
}

fn out_of_range(value: i64, parameter: &str, reason: &str) -> SqsError {
    SqsError::InvalidParameter(format!("Value {value} for parameter {parameter} is invalid. Reason: {reason}"))
}

/// How long to wait for a message, if at all: until one is sent or comes back, or the time is over.
fn wait(queue: &Queue, call: &Call<'_>, wait_s: Option<i64>) -> Option<Wait> {
    let deadline_ms = call.received_ms + wait_s.unwrap_or(queue.settings().wait_s) * 1000;
    if !call.may_wait || call.now_ms >= deadline_ms {
        return None;
    }
    let until_ms = queue.next_due_ms().map_or(deadline_ms, |due_ms| due_ms.min(deadline_ms));
    Some(Wait { woken: queue.woken(), until_ms })
}

fn shown<'a>(queue: &Queue, stored: &'a Stored, input: &Input) -> MessageOutput<'a> {
    let message = &stored.message;
    let asked = |name: &str| is_asked_for(name, &input.message_attribute_names);
    MessageOutput {
        id: &message.id,
        handle: queue.handle(stored),
        body_md5: digest::of_body(&message.body),
        body: &message.body,
        system_attributes: system_attributes(queue, stored, input),
        attributes_md5: digest::of_attributes(message.attributes.iter().filter(|(name, _)| asked(name))),
        attributes: message
            .attributes
            .iter()
            .filter(|(name, _)| asked(name))
            .map(|(name, value)| (name.as_str(), AttributeOutput::of(value)))
            .collect(),
    }
}

fn system_attributes(queue: &Queue, stored: &Stored, input: &Input) -> BTreeMap<&'static str, String> {
    let Stored { message, receives, .. } = stored;
    let asked = |name: &str| {
        let mut names = input.attribute_names.iter().chain(&input.message_system_attribute_names);
        names.any(|wanted| wanted == "All" || wanted == name)
    };
    let fifo = queue.settings().fifo.is_some();
    let values = [
        ("SenderId", Some(message.sender.to_string())),
        ("SentTimestamp", Some(message.sent_ms.to_string())),
        ("ApproximateReceiveCount", Some(receives.count.to_string())),
        ("ApproximateFirstReceiveTimestamp", Some(receives.first_ms.to_string())),
        ("SequenceNumber", fifo.then(|| format!("{:020}", message.sequence))),
        ("MessageDeduplicationId", message.deduplication.clone()),
        ("MessageGroupId", message.group.clone()),
        ("AWSTraceHeader", message.trace_header.clone()),
        ("DeadLetterQueueSourceArn", message.dead_letter_source.clone()),
    ];
    values.into_iter().filter(|(name, _)| asked(name)).filter_map(|(name, value)| Some((name, value?))).collect()
}

impl<'a> AttributeOutput<'a> {
    fn of(value: &'a Value) -> Self {
        let (string_value, binary_value) = match value {
            Value::Text { text, .. } => (Some(text.as_str()), None),
            Value::Bytes { bytes, .. } => (None, Some(base64::encode(bytes))),
        };
        Self { data_type: value.data_type(), string_value, binary_value }
    }
}
