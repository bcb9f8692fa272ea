//! The publishing of one run: its events as the [`outbox`](super::outbox) wants them, and the outcomes of its requests.

use std::collections::VecDeque;
use std::sync::Arc;

use waybill_domain::{Expectation, Timestamp};

use super::Put;
use super::outbox::Outbox;
use crate::{Answer, Outcome, RunRequest};

/// The events of a run that are still to be sent, and the requests that are open.
#[derive(Debug)]
pub(super) struct Publishing {
    request: Arc<RunRequest>,
    started: Timestamp,
    outbox: Outbox,
    /// Those that no request can carry, with the reason.
    refused: Vec<(u32, String)>,
    open: usize,
    /// The seed of the next jitter.
    jitter: u64,
}

impl Publishing {
    pub(super) fn new(request: Arc<RunRequest>, started: Timestamp, seed: u64) -> Self {
        let (mut waiting, mut refused) = (VecDeque::new(), Vec::new());
        for (entry, event) in (0u32..).zip(request.events.iter()) {
            match event.outgoing.check_size() {
                _ if event.expectation == Expectation::Withheld => {}
                Ok(()) => waiting.push_back(entry),
                Err(invalid) => refused.push((entry, invalid.reason)),
            }
        }
        let outbox = Outbox::new(waiting, request.pace, started);
        Self { request, started, outbox, refused, open: 0, jitter: seed }
    }

    /// The answers of entries that are refused before sending: they are too large for any request.
    pub(super) fn refused(&mut self, at: Timestamp) -> Vec<Answer> {
        let refused = std::mem::take(&mut self.refused).into_iter();
        refused.map(|(entry, why)| Answer { entry, outcome: Outcome::NotSent { why }, request_id: None, at }).collect()
    }

    /// Whether nothing is left to be sent and no request is open.
    pub(super) fn is_done(&self) -> bool {
        self.outbox.is_empty() && self.open == 0
    }

    /// Whether requests are open.
    pub(super) const fn is_open(&self) -> bool {
        self.open > 0
    }

    /// Gives up what was not sent yet; what was refused and waited for another try stays refused.
    pub(super) fn stop(&mut self) {
        self.outbox.stop();
    }

    /// The batches whose requests may leave now.
    pub(super) fn due(&mut self, now: Timestamp) -> Vec<Vec<u32>> {
        let Self { request, outbox, started, .. } = self;
        let elapsed_ms = now.millis_since(*started);
        let due_ms = |entry: u32| request.schedule.as_ref().and_then(|schedule| schedule.get(entry as usize).copied());
        let is_due = |entry| due_ms(entry).is_none_or(|due_ms| due_ms <= elapsed_ms);
        let size = |entry| is_due(entry).then(|| request.events.get(entry).outgoing.size());
        let batches: Vec<Vec<u32>> = std::iter::from_fn(|| outbox.next(now, size)).collect();
        self.open += batches.len();
        batches
    }

    /// Takes an answer in and plans what is to be sent again.
    pub(super) fn answered(&mut self, put: Put) -> Vec<Answer> {
        self.open = self.open.saturating_sub(1);
        let Self { outbox, jitter, .. } = self;
        outbox.came_back(&put, || drawn(jitter));
        let answer = |(entry, outcome)| Answer { entry, outcome, request_id: put.request_id.clone(), at: put.at };
        put.entries.into_iter().zip(put.outcomes).map(answer).collect()
    }

    /// Whether AWS has been away for too long to go on.
    pub(super) fn is_given_up(&self) -> bool {
        self.outbox.is_given_up()
    }
}

/// The next of a sequence of numbers from 0 to 1 that only spread retries; a linear congruence is enough for that.
fn drawn(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    f64::from(seed.to_be_bytes()[0]) / 256.0
}
