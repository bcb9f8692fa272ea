//! Deliveries that are to be tried again.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use tokio::sync::futures::OwnedNotified;

use super::RETRY_TABLE;
use super::parcel::Parcel;
use crate::state::{DatabaseError, Journal, Saved};

/// A parcel and when it is due; a row until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Row {
    due_ms: i64,
    parcel: Parcel,
}

/// All deliveries that are to be tried again, by the time of their next attempt.
#[derive(Debug, Default)]
pub(crate) struct Retries {
    waiting: BTreeMap<(i64, u64), Parcel>,
    last: u64,
    bell: Arc<Notify>,
}

impl Retries {
    /// Those of the last run.
    ///
    /// # Errors
    /// When the rows cannot be read.
    pub(crate) fn restore(saved: &Saved<'_>) -> Result<Self, DatabaseError> {
        let mut retries = Self::default();
        for (key, row) in saved.rows::<Row>(RETRY_TABLE)? {
            let broken = || DatabaseError::Broken { table: RETRY_TABLE, key: key.clone(), reason: "its key is no number".into() };
            let number = key.parse().map_err(|_| broken())?;
            retries.last = retries.last.max(number);
            retries.waiting.insert((row.due_ms, number), row.parcel);
        }
        Ok(retries)
    }

    /// Keeps a parcel until `due_ms`.
    pub(crate) fn keep(&mut self, parcel: Parcel, due_ms: i64, journal: &mut Journal) {
        self.last += 1;
        let row = Row { due_ms, parcel };
        journal.put(RETRY_TABLE, key(self.last), &row);
        self.waiting.insert((due_ms, self.last), row.parcel);
        self.bell.notify_one();
    }

    /// Takes a parcel whose time has come.
    pub(crate) fn take_due(&mut self, now_ms: i64, journal: &mut Journal) -> Option<Parcel> {
        let entry = self.waiting.first_entry().filter(|entry| entry.key().0 <= now_ms)?;
        journal.delete(RETRY_TABLE, key(entry.key().1));
        Some(entry.remove())
    }

    /// When the next attempt is due, in milliseconds since 1970.
    pub(crate) fn next_due_ms(&self) -> Option<i64> {
        self.waiting.first_key_value().map(|(&(due_ms, _), _)| due_ms)
    }

    /// How many wait.
    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Completes when another one was kept.
    pub(crate) fn woken(&self) -> OwnedNotified {
        Arc::clone(&self.bell).notified_owned()
    }
}

fn key(number: u64) -> String {
    format!("{number:020}")
}
