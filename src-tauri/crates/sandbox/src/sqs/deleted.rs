//! Names of deleted queues, which are not free at once.

use std::collections::BTreeMap;

use super::address::Address;
use super::rows;
use crate::state::Journal;

/// How long a deleted queue's name stays taken (SQS API reference, `DeleteQueue`).
pub(crate) const TAKEN_MS: i64 = 60_000;

/// Queues that were deleted a moment ago, with the time of their deletion.
#[derive(Debug)]
pub(crate) struct Deleted {
    deleted_ms: BTreeMap<Address, i64>,
    /// How long their names stay taken, in milliseconds.
    pub(super) taken_ms: i64,
}

impl Default for Deleted {
    fn default() -> Self {
        Self { deleted_ms: BTreeMap::new(), taken_ms: TAKEN_MS }
    }
}

impl Deleted {
    /// Remembers one of the last run.
    pub(super) fn restore(&mut self, address: Address, deleted_ms: i64) {
        self.deleted_ms.insert(address, deleted_ms);
    }

    /// Remembers a queue that is deleted now.
    pub(crate) fn note(&mut self, address: Address, now_ms: i64, journal: &mut Journal) {
        journal.put(rows::DELETED, address.to_string(), &now_ms);
        self.deleted_ms.insert(address, now_ms);
    }

    /// Whether this name is still taken; those that are free again are forgotten.
    pub(crate) fn holds(&mut self, address: &Address, now_ms: i64, journal: &mut Journal) -> bool {
        let is_free = |deleted_ms: &i64| now_ms >= *deleted_ms + self.taken_ms;
        let free: Vec<_> =
            self.deleted_ms.iter().filter(|(_, deleted_ms)| is_free(deleted_ms)).map(|(address, _)| address.clone()).collect();
        for address in free {
            journal.delete(rows::DELETED, address.to_string());
            self.deleted_ms.remove(&address);
        }
        self.deleted_ms.contains_key(address)
    }
}
