//! What a FIFO queue remembers so that a message sent twice arrives once.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

/// How long a deduplication id is remembered: five minutes (SQS developer guide).
const WINDOW_MS: i64 = 5 * 60 * 1000;

/// The message that first had a deduplication id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct First {
    /// Its `MessageId`.
    pub(crate) message_id: String,
    /// Its sequence number.
    pub(crate) sequence: u64,
    /// When it was sent, in milliseconds since 1970.
    pub(crate) sent_ms: i64,
}

/// The deduplication ids of the last five minutes.
#[derive(Debug, Default)]
pub(crate) struct Deduplication {
    first: HashMap<String, First>,
    by_time: BTreeSet<(i64, String)>,
}

impl Deduplication {
    /// The message that had this id before, if it is still remembered.
    pub(crate) fn earlier(&self, id: &str) -> Option<&First> {
        self.first.get(id)
    }

    /// Remembers the first message with this id.
    pub(crate) fn remember(&mut self, id: String, first: First) {
        self.by_time.insert((first.sent_ms, id.clone()));
        self.first.insert(id, first);
    }

    /// Forgets one id whose window is over; `None` when there is none left.
    pub(crate) fn forget_one(&mut self, now_ms: i64) -> Option<String> {
        let (sent_ms, _) = self.by_time.first()?;
        if sent_ms + WINDOW_MS > now_ms {
            return None;
        }
        let (_, id) = self.by_time.pop_first()?;
        self.first.remove(&id);
        Some(id)
    }

    /// Every id that is remembered.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.first.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_remembered_for_five_minutes() {
        let mut seen = Deduplication::default();
        let first = First { message_id: "m".into(), sequence: 1, sent_ms: 1_000 };
        seen.remember("a".into(), first.clone());
        assert_eq!(seen.forget_one(1_000 + WINDOW_MS - 1), None, "the window is still open");
        assert_eq!(seen.earlier("a"), Some(&first));
        assert_eq!(seen.forget_one(1_000 + WINDOW_MS).as_deref(), Some("a"));
        assert_eq!((seen.earlier("a"), seen.ids().count()), (None, 0), "nothing is left of it");
    }
}
