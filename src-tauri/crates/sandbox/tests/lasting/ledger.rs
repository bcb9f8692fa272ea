//! What was sent, acknowledged, received and deleted, over all lives of the process.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard};

use tokio::sync::Notify;

use crate::chain::Message;

#[derive(Default)]
struct Pages {
    sent: u32,
    acknowledged: BTreeSet<u32>,
    /// The message of each event.
    received: HashMap<u32, String>,
    /// A delete was sent; whether it was done may be unknown.
    perhaps_deleted: BTreeSet<u32>,
    deleted: BTreeSet<u32>,
    /// Still there in the end.
    found: BTreeSet<u32>,
    wrong: Vec<String>,
}

#[derive(Default)]
pub(crate) struct Ledger {
    pages: Mutex<Pages>,
    progress: Notify,
}

impl Ledger {
    fn open(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap()
    }

    /// Numbers that were never used before.
    pub(crate) fn send(&self, count: u32) -> Vec<u32> {
        let mut pages = self.open();
        let first = pages.sent;
        pages.sent += count;
        (first..first + count).collect()
    }

    pub(crate) fn acknowledge(&self, numbers: &[u32]) {
        self.open().acknowledged.extend(numbers);
        self.progress.notify_waiters();
    }

    pub(crate) fn acknowledged(&self) -> usize {
        self.open().acknowledged.len()
    }

    /// Waits until so many are acknowledged.
    pub(crate) async fn reaches(&self, goal: usize) {
        loop {
            let progress = self.progress.notified();
            if self.acknowledged() >= goal {
                return;
            }
            progress.await;
        }
    }

    pub(crate) fn receive(&self, message: &Message) {
        let mut pages = self.open();
        let number = message.number;
        if number >= pages.sent {
            pages.wrong.push(format!("event {number} was never sent"));
        }
        if pages.deleted.contains(&number) {
            pages.wrong.push(format!("event {number} came back after its deletion was acknowledged"));
        }
        let first = pages.received.entry(number).or_insert_with(|| message.id.clone());
        if *first != message.id {
            let sentence = format!("event {number} is in two messages");
            pages.wrong.push(sentence);
        }
    }

    pub(crate) fn try_to_delete(&self, messages: &[Message]) {
        self.open().perhaps_deleted.extend(messages.iter().map(|message| message.number));
    }

    pub(crate) fn delete(&self, messages: &[Message]) {
        self.open().deleted.extend(messages.iter().map(|message| message.number));
    }

    pub(crate) fn find(&self, message: &Message) {
        self.open().found.insert(message.number);
    }

    /// The figures in one line.
    pub(crate) fn account(&self) -> String {
        let pages = self.open();
        let (acknowledged, deleted, found) = (pages.acknowledged.len(), pages.deleted.len(), pages.found.len());
        format!("{} sent, {acknowledged} acknowledged, {deleted} deleted, {found} found in the end", pages.sent)
    }

    /// Panics where something was lost, came back, doubled, or was never sent.
    pub(crate) fn judge(&self) {
        let pages = self.open();
        assert!(pages.wrong.is_empty(), "{:?}", pages.wrong);
        let lost: Vec<_> = pages.acknowledged.iter().filter(|n| !pages.perhaps_deleted.contains(n) && !pages.found.contains(n)).collect();
        assert!(lost.is_empty(), "acknowledged, never deleted, and gone: {lost:?}");
    }
}
