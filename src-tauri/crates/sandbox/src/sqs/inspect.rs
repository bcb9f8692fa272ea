//! A look into queues that changes nothing: no receive count rises.

use serde::Serialize;

use super::Queues;
use super::backlog::Stored;
use super::queue::Queue;
use super::shelf::Place;

/// Messages of a queue that are told, the oldest first.
const TOLD: usize = 100;

/// A queue's messages.
#[derive(Debug, Serialize)]
pub(crate) struct Look<'a> {
    #[serde(rename = "QueueArn")]
    queue_arn: &'a str,
    /// All of them, told or not.
    count: usize,
    messages: Vec<Seen<'a>>,
}

/// A message where it stands.
#[derive(Debug, Serialize)]
struct Seen<'a> {
    message_id: &'a str,
    /// `ready`, `delayed` or `in_flight`.
    place: &'static str,
    /// When it leaves that place by itself, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    until_ms: Option<i64>,
    sent_ms: i64,
    receives: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dead_letter_source: Option<&'a str>,
    body: &'a str,
}

impl Queues {
    /// Every queue with its oldest messages.
    pub(crate) fn inspect_messages(&self) -> Vec<Look<'_>> {
        self.all().map(Queue::inspect).collect()
    }
}

impl Queue {
    fn inspect(&self) -> Look<'_> {
        Look { queue_arn: &self.arn, count: self.len(), messages: self.backlog.oldest().take(TOLD).map(seen).collect() }
    }
}

fn seen(stored: &Stored) -> Seen<'_> {
    let (place, until_ms) = match stored.place {
        Place::Ready => ("ready", None),
        Place::Delayed => ("delayed", Some(stored.message.available_ms)),
        Place::InFlight => ("in_flight", Some(stored.receives.hidden_until_ms)),
    };
    Seen {
        message_id: &stored.message.id,
        place,
        until_ms,
        sent_ms: stored.message.sent_ms,
        receives: stored.receives.count,
        group: stored.message.group.as_deref(),
        dead_letter_source: stored.message.dead_letter_source.as_deref(),
        body: &stored.message.body,
    }
}
