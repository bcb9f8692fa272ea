//! One queue: its settings and what happens to its messages.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

use super::address::Address;
use super::attempts::Attempts;
use super::attributes::{AttributeMap, Settings};
use super::backlog::{Backlog, Stored};
use super::deduplication::{Deduplication, First};
use super::error::SqsError;
use super::message::{Message, Receives};
use super::moment::Moment;
use super::receipt::Receipt;
use super::rows::{self, QueueRow};
use crate::state::Journal;

/// Nobody waits longer for a message (SQS API reference, `ReceiveMessage`).
const LONGEST_WAIT_MS: i64 = 20_000;

/// A queue is purged at most once in this time (SQS API reference, `PurgeQueue`).
const PURGE_EVERY_MS: i64 = 60_000;

/// A queue with its messages.
///
/// Whoever waits for a message holds [`Queue::woken`]; every change rings the bell where a message
/// became receivable, or will earlier than was known.
#[derive(Debug)]
pub(crate) struct Queue {
    pub(super) address: Address,
    /// The address as text, for keys and answers.
    pub(super) arn: String,
    pub(super) settings: Settings,
    pub(super) backlog: Backlog,
    pub(super) deduplication: Deduplication,
    pub(super) attempts: Attempts,
    /// In the row as in receipt handles.
    id: String,
    tags: BTreeMap<String, String>,
    created_ms: i64,
    modified_ms: i64,
    purged_ms: Option<i64>,
    last_sequence: u64,
    bell: Arc<Notify>,
}

/// What a receipt handle stands for.
#[derive(Debug)]
pub(super) enum Held<'a> {
    /// The latest receive of this message.
    Latest(&'a Stored),
    /// A receive of a message that was received again since.
    Older,
    /// The message is not there any more.
    Gone,
}

impl Queue {
    /// A new queue, written to the journal.
    pub(crate) fn create(address: Address, settings: Settings, tags: BTreeMap<String, String>, moment: &mut Moment<'_>) -> Self {
        let mut queue = Self::empty(address, settings, (moment.ids)());
        queue.tags = tags;
        queue.created_ms = moment.now_ms;
        queue.modified_ms = moment.now_ms;
        queue.write_row(moment.journal);
        queue
    }

    /// A queue as its row says; `None` when its settings are not readable.
    pub(crate) fn restore(address: Address, row: QueueRow) -> Option<Self> {
        let settings = Settings::new(address.is_fifo()).with(&row.attributes, &address).ok()?;
        let mut queue = Self::empty(address, settings, row.id);
        queue.tags = row.tags;
        queue.created_ms = row.created_ms;
        queue.modified_ms = row.modified_ms;
        queue.purged_ms = row.purged_ms;
        Some(queue)
    }

    fn empty(address: Address, settings: Settings, id: String) -> Self {
        Self {
            arn: address.to_string(),
            backlog: Backlog::new(settings.fifo.is_some()),
            address,
            settings,
            deduplication: Deduplication::default(),
            attempts: Attempts::default(),
            id,
            tags: BTreeMap::new(),
            created_ms: 0,
            modified_ms: 0,
            purged_ms: None,
            last_sequence: 0,
            bell: Arc::new(Notify::new()),
        }
    }

    /// Takes a message of the last run; hidden ones surface with the first operation.
    pub(super) fn restore_message(&mut self, message: Message, receives: Receives) {
        self.last_sequence = self.last_sequence.max(message.sequence);
        self.backlog.insert(message, receives, 0);
    }

    /// Takes a remembered deduplication id of the last run.
    pub(super) fn restore_deduplication(&mut self, id: &str, first: First) {
        self.deduplication.remember(id.to_owned(), first);
    }

    /// Its settings.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Its tags.
    pub(crate) fn tags(&self) -> &BTreeMap<String, String> {
        &self.tags
    }

    /// A message by its sequence number.
    pub(crate) fn message(&self, sequence: u64) -> Option<&Stored> {
        self.backlog.get(sequence)
    }

    /// Messages in it, wherever they stand.
    pub(crate) fn len(&self) -> usize {
        let counts = self.backlog.counts();
        counts.ready + counts.delayed + counts.in_flight
    }

    /// The receipt handle of a message's latest receive.
    pub(crate) fn handle(&self, stored: &Stored) -> String {
        let receive = stored.receives.latest.clone();
        Receipt { queue: self.id.clone(), sequence: stored.message.sequence, receive }.handle()
    }

    /// Completes when a message may have become receivable; ask again then.
    pub(crate) fn woken(&self) -> OwnedNotified {
        Arc::clone(&self.bell).notified_owned()
    }

    /// When the next hidden message comes back, in milliseconds since 1970.
    pub(crate) fn next_due_ms(&self) -> Option<i64> {
        self.backlog.next_due_ms()
    }

    /// Every attribute, as `GetQueueAttributes` shows it.
    pub(crate) fn shown(&self) -> AttributeMap {
        let counts = self.backlog.counts();
        let mut shown = self.settings.shown();
        for (name, value) in [
            ("QueueArn", self.arn.clone()),
            ("CreatedTimestamp", (self.created_ms / 1000).to_string()),
            ("LastModifiedTimestamp", (self.modified_ms / 1000).to_string()),
            ("ApproximateNumberOfMessages", counts.ready.to_string()),
            ("ApproximateNumberOfMessagesDelayed", counts.delayed.to_string()),
            ("ApproximateNumberOfMessagesNotVisible", counts.in_flight.to_string()),
        ] {
            shown.insert(name.to_owned(), value);
        }
        shown
    }

    /// Takes new settings.
    pub(crate) fn set(&mut self, settings: Settings, moment: &mut Moment<'_>) {
        self.settings = settings;
        self.modified_ms = moment.now_ms;
        self.write_row(moment.journal);
    }

    /// Takes new tags.
    pub(crate) fn set_tags(&mut self, tags: BTreeMap<String, String>, journal: &mut Journal) {
        self.tags = tags;
        self.write_row(journal);
    }

    /// Removes every message, in flight or not.
    ///
    /// # Errors
    /// When the last purge was less than 60 seconds ago.
    pub(crate) fn purge(&mut self, moment: &mut Moment<'_>) -> Result<(), SqsError> {
        if self.purged_ms.is_some_and(|purged_ms| moment.now_ms - purged_ms < PURGE_EVERY_MS) {
            return Err(SqsError::PurgeInProgress(self.address.name.clone()));
        }
        self.clear(moment.journal);
        self.purged_ms = Some(moment.now_ms);
        self.write_row(moment.journal);
        Ok(())
    }

    /// Removes everything that it left behind; who waits for a message is told.
    pub(crate) fn vanish(&mut self, journal: &mut Journal) {
        self.clear(journal);
        for id in self.deduplication.ids() {
            journal.delete(rows::DEDUPLICATION, rows::deduplication_key(&self.arn, id));
        }
        journal.delete(rows::QUEUES, &*self.arn);
        self.bell.notify_waiters();
    }

    fn clear(&mut self, journal: &mut Journal) {
        for sequence in self.backlog.sequences() {
            self.discard(sequence, journal);
        }
    }

    /// Lets time pass: messages come back, grow too old, and deduplication ids are forgotten.
    ///
    /// Every operation on the queue begins with it.
    pub(crate) fn let_time_pass(&mut self, now_ms: i64, journal: &mut Journal) {
        self.backlog.surface(now_ms);
        let oldest_ms = now_ms - self.settings.retention_s * 1000;
        while let Some(sequence) = self.backlog.oldest_before(oldest_ms) {
            self.discard(sequence, journal);
        }
        while let Some(id) = self.deduplication.forget_one(now_ms) {
            journal.delete(rows::DEDUPLICATION, rows::deduplication_key(&self.arn, &id));
        }
    }

    /// Takes a message out, with its rows.
    pub(super) fn discard(&mut self, sequence: u64, journal: &mut Journal) -> Option<Stored> {
        let stored = self.backlog.remove(sequence)?;
        let key = rows::message_key(&self.arn, sequence);
        if !stored.receives.latest.is_empty() {
            journal.delete(rows::RECEIVES, &*key);
        }
        journal.delete(rows::MESSAGES, key);
        Some(stored)
    }

    /// Puts a message in, with its row.
    pub(super) fn put_in(&mut self, message: Message, moment: &mut Moment<'_>) {
        let due_ms = self.next_due_ms();
        moment.journal.put(rows::MESSAGES, rows::message_key(&self.arn, message.sequence), &message);
        let receives = message.received_before();
        self.backlog.insert(message, receives, moment.now_ms);
        self.ring(due_ms, moment.now_ms);
    }

    /// Writes what receivers did to a message.
    pub(super) fn record(&mut self, sequence: u64, receives: Receives, moment: &mut Moment<'_>) {
        moment.journal.put(rows::RECEIVES, rows::message_key(&self.arn, sequence), &receives);
        self.backlog.set_receives(sequence, receives, moment.now_ms);
    }

    /// The number of the next message: rising, also over a restart.
    pub(super) fn next_sequence(&mut self, now_ms: i64) -> u64 {
        // A thousand numbers per millisecond keep it ahead of what was used, and then deleted, before a restart.
        let by_time = u64::try_from(now_ms).unwrap_or(0) * 1000;
        self.last_sequence = by_time.max(self.last_sequence + 1);
        self.last_sequence
    }

    /// The message that a receipt handle names.
    ///
    /// # Errors
    /// When this queue never gave out such a handle.
    pub(super) fn held(&self, handle: &str) -> Result<Held<'_>, SqsError> {
        let receipt = Receipt::read(handle, &self.id)?;
        Ok(match self.backlog.get(receipt.sequence) {
            None => Held::Gone,
            Some(stored) if stored.receives.latest == receipt.receive => Held::Latest(stored),
            Some(_) => Held::Older,
        })
    }

    /// Tells those who wait: one of them where a message is there, all of them where one comes back
    /// earlier than they know (`due_before_ms`) and while they still wait.
    pub(super) fn ring(&self, due_before_ms: Option<i64>, now_ms: i64) {
        if self.backlog.has_ready() {
            self.bell.notify_one();
        }
        let known_ms = due_before_ms.unwrap_or(i64::MAX).min(now_ms + LONGEST_WAIT_MS);
        if self.next_due_ms().is_some_and(|due_ms| due_ms < known_ms) {
            self.bell.notify_waiters();
        }
    }

    fn write_row(&self, journal: &mut Journal) {
        let row = QueueRow {
            id: self.id.clone(),
            attributes: self.settings.shown(),
            tags: self.tags.clone(),
            created_ms: self.created_ms,
            modified_ms: self.modified_ms,
            purged_ms: self.purged_ms,
        };
        journal.put(rows::QUEUES, &*self.arn, &row);
    }
}
