//! Receives that a caller may repeat, because an answer was lost on its way (FIFO queues, `ReceiveRequestAttemptId`).

use std::collections::HashMap;

/// How long an attempt can be repeated: five minutes (SQS API reference, `ReceiveMessage`).
const WINDOW_MS: i64 = 5 * 60 * 1000;

/// What an attempt took: each message's number and which receive it was.
pub(super) type Took = Vec<(u64, String)>;

/// The attempts of the last five minutes; none outlives the process, as none outlives a lost answer for long.
#[derive(Debug, Default)]
pub(crate) struct Attempts(HashMap<String, (i64, Took)>);

impl Attempts {
    /// What the attempt of this id took.
    pub(super) fn earlier(&mut self, id: &str, now_ms: i64) -> Option<&Took> {
        self.0.retain(|_, (at_ms, _)| *at_ms + WINDOW_MS > now_ms);
        self.0.get(id).map(|(_, took)| took)
    }

    /// Remembers what an attempt took.
    pub(super) fn note(&mut self, id: &str, took: Took, now_ms: i64) {
        self.0.insert(id.to_owned(), (now_ms, took));
    }
}
