//! The rows that a queue leaves behind, and reading them back.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::Queues;
use super::address::Address;
use super::attributes::AttributeMap;
use super::deduplication::First;
use super::deleted::Deleted;
use super::message::{Message, Receives};
use super::queue::Queue;
use crate::state::{DatabaseError, Saved};

/// A row per queue, by its ARN.
pub(crate) const QUEUES: &str = "sqs_queue";
/// A row per message, by [`message_key`]; written once.
pub(crate) const MESSAGES: &str = "sqs_message";
/// A row per message that was received, by [`message_key`]; small, as it is rewritten by each receive.
pub(crate) const RECEIVES: &str = "sqs_receives";
/// A row per remembered deduplication id, by [`deduplication_key`].
pub(crate) const DEDUPLICATION: &str = "sqs_deduplication";

/// A row per queue that was deleted a moment ago, by its ARN: when.
pub(crate) const DELETED: &str = "sqs_deleted_queue";

/// Between a queue's ARN and the rest of a key; ARNs of queues do not hold it.
const SEPARATOR: char = '#';

/// A queue without its messages.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct QueueRow {
    /// Another one for each creation.
    pub(crate) id: String,
    /// As `GetQueueAttributes` shows them.
    pub(crate) attributes: AttributeMap,
    /// Tags.
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
    /// When it was created, in milliseconds since 1970.
    pub(crate) created_ms: i64,
    /// When its attributes were last set, in milliseconds since 1970.
    pub(crate) modified_ms: i64,
    /// When it was last purged, in milliseconds since 1970.
    #[serde(default)]
    pub(crate) purged_ms: Option<i64>,
}

/// The key of a message of the queue `arn`.
pub(crate) fn message_key(arn: &str, sequence: u64) -> String {
    format!("{arn}{SEPARATOR}{sequence:020}")
}

/// The key of a deduplication id of the queue `arn`.
pub(crate) fn deduplication_key(arn: &str, id: &str) -> String {
    format!("{arn}{SEPARATOR}{id}")
}

/// All queues as the last run left them; rows of queues that are gone are ignored.
pub(crate) fn restore(saved: &Saved<'_>) -> Result<Queues, DatabaseError> {
    let mut by_arn = HashMap::new();
    for (arn, row) in saved.rows::<QueueRow>(QUEUES)? {
        if let Some(queue) = Address::from_arn(&arn).and_then(|address| Queue::restore(address, row)) {
            by_arn.insert(arn, queue);
        }
    }
    let mut receives: HashMap<String, Receives> = saved.rows(RECEIVES)?.into_iter().collect();
    saved.each(MESSAGES, |key, message: Message| {
        let received = receives.remove(key);
        if let Some((queue, _)) = owner(&mut by_arn, key) {
            let received = received.unwrap_or_else(|| message.received_before());
            queue.restore_message(message, received);
        }
    })?;
    for (key, first) in saved.rows::<First>(DEDUPLICATION)? {
        if let Some((queue, id)) = owner(&mut by_arn, &key) {
            queue.restore_deduplication(id, first);
        }
    }
    let mut deleted = Deleted::default();
    for (arn, deleted_ms) in saved.rows::<i64>(DELETED)? {
        if let Some(address) = Address::from_arn(&arn) {
            deleted.restore(address, deleted_ms);
        }
    }
    Ok(Queues::of(by_arn.into_values(), deleted))
}

fn owner<'q, 'k>(by_arn: &'q mut HashMap<String, Queue>, key: &'k str) -> Option<(&'q mut Queue, &'k str)> {
    let (arn, rest) = key.split_once(SEPARATOR)?;
    Some((by_arn.get_mut(arn)?, rest))
}
