//! What leaves next, and when: order, rate, size of requests, how many are open at once, and what is sent again. Pure.
//!
//! The rate is exact over time: event `n` is due `n` / rate after the first. After a standstill what was missed is made up for only as
//! far as a small bucket goes; the rest of the plan moves back. Throttling halves what is open at once, and every answer after that lets
//! it grow again. Where AWS is not reached, or does not answer, one small request at a time asks whether it is back.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};

use waybill_domain::{Outgoing, Timestamp};

use super::machine::{Put, Reply};
use crate::{Outcome, Pace};

/// Most entries of one request (EventBridge API, PutPartnerEvents).
const MOST_ENTRIES: usize = 20;

/// Most requests that are open at once where nothing else is asked for.
const MOST_OPEN: usize = 8;

/// How often an entry is sent at most.
const MOST_ATTEMPTS: u32 = 6;

/// Further attempts that a run has beside one for each event.
const SPARE_ATTEMPTS: u64 = 50;

/// The first wait before an entry is sent again, doubled each time (milliseconds).
const FIRST_WAIT_MS: i64 = 100;

/// The longest wait before AWS is tried again that was not reached (milliseconds).
const LONGEST_WAIT_MS: i64 = 5000;

/// How long the rate may be made up for after a standstill (milliseconds).
const BUCKET_MS: f64 = 250.0;

/// How long AWS may stay away before publishing is given up: where it was reached before, and where it never was (milliseconds).
const PATIENCE_MS: i64 = 120_000;
const FIRST_PATIENCE_MS: i64 = 4000;

/// Entries that may be sent again after this code; all others are final (API reference, PutEvents, "Error codes").
const RETRYABLE: [&str; 2] = ["ThrottlingException", "InternalFailure"];

/// The events of a run that are still to be sent.
#[derive(Debug)]
pub(super) struct Outbox {
    waiting: VecDeque<u32>,
    again: BinaryHeap<Reverse<(Timestamp, u32)>>,
    attempts: HashMap<u32, u32>,
    spare: u64,
    schedule: Option<Schedule>,
    open: usize,
    window: Window,
    was_reached: bool,
    outage: Option<Outage>,
}

impl Outbox {
    pub(super) fn new(waiting: VecDeque<u32>, pace: Pace, start: Timestamp) -> Self {
        Self {
            spare: SPARE_ATTEMPTS + waiting.len() as u64,
            window: Window::for_events(waiting.len(), pace.publishers),
            schedule: pace.rate.map(|rate| Schedule::new(rate, start)),
            waiting,
            again: BinaryHeap::new(),
            attempts: HashMap::new(),
            open: 0,
            was_reached: false,
            outage: None,
        }
    }

    /// Whether nothing is left to be sent.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.again.is_empty()
    }

    /// Gives up what was not sent yet; what was refused and waited for another try stays refused.
    pub(super) fn stop(&mut self) {
        self.again.clear();
        self.waiting.clear();
    }

    /// The next request that may leave now; it counts as open until [`Outbox::came_back`]. `size` tells how large an entry is; none where its
    /// time has not come.
    pub(super) fn next(&mut self, now: Timestamp, size: impl Fn(u32) -> Option<usize>) -> Option<Vec<u32>> {
        self.take_ready(now);
        let most = self.most_entries(now);
        let batch = cut(&mut self.waiting, most, size);
        if batch.is_empty() {
            return None;
        }
        self.open += 1;
        if let Some(schedule) = &mut self.schedule {
            schedule.take(batch.len());
        }
        Some(batch)
    }

    fn take_ready(&mut self, now: Timestamp) {
        let mut ready = Vec::new();
        while self.again.peek().is_some_and(|Reverse((at, _))| *at <= now) {
            ready.extend(self.again.pop().map(|Reverse((_, entry))| entry));
        }
        ready.into_iter().rev().for_each(|entry| self.waiting.push_front(entry));
    }

    fn most_entries(&mut self, now: Timestamp) -> usize {
        let allowed = self.schedule.as_mut().map_or(MOST_ENTRIES, |schedule| schedule.due(now));
        match &self.outage {
            Some(outage) if self.open > 0 || now < outage.until => 0,
            Some(_) => allowed.min(1),
            None if self.open >= self.window.most() => 0,
            None => allowed.min(MOST_ENTRIES),
        }
    }

    /// Takes note of what became of a request; what may be sent again is planned. `jitter` gives numbers from 0 to 1.
    pub(super) fn came_back(&mut self, put: &Put, mut jitter: impl FnMut() -> f64) {
        let Put { entries, outcomes, reply, at: now, .. } = put;
        let now = *now;
        self.open = self.open.saturating_sub(1);
        match reply {
            Reply::Answered => self.reached(),
            Reply::Throttled => {
                self.reached();
                self.window.narrow();
            }
            Reply::NotReached | Reply::Silent => self.lost(now, jitter()),
        }
        if *reply == Reply::NotReached {
            return self.put_back(entries);
        }
        for (entry, outcome) in entries.iter().zip(outcomes) {
            if may_be_sent_again(outcome) {
                self.plan_again(*entry, now, jitter());
            } else {
                self.attempts.remove(entry);
            }
        }
    }

    fn reached(&mut self) {
        (self.was_reached, self.outage) = (true, None);
        self.window.widen();
    }

    fn lost(&mut self, now: Timestamp, jitter: f64) {
        let wait_ms = self.outage.as_ref().map_or(FIRST_WAIT_MS, |outage| (outage.wait_ms * 2).min(LONGEST_WAIT_MS));
        let since = self.outage.as_ref().map_or(now, |outage| outage.since);
        self.outage = Some(Outage { since, wait_ms, until: now.plus_millis(jittered(wait_ms, jitter)) });
    }

    /// They never left: they wait at the front as before, until AWS is given up.
    fn put_back(&mut self, entries: &[u32]) {
        if !self.is_given_up() {
            entries.iter().rev().for_each(|entry| self.waiting.push_front(*entry));
        }
    }

    /// Whether AWS has been away for too long to go on.
    pub(super) fn is_given_up(&self) -> bool {
        let patience_ms = if self.was_reached { PATIENCE_MS } else { FIRST_PATIENCE_MS };
        self.outage.as_ref().is_some_and(|outage| outage.until.millis_since(outage.since) > patience_ms)
    }

    fn plan_again(&mut self, entry: u32, now: Timestamp, jitter: f64) {
        let attempts = self.attempts.entry(entry).or_insert(0);
        *attempts += 1;
        if *attempts >= MOST_ATTEMPTS || self.spare == 0 {
            self.attempts.remove(&entry);
            return;
        }
        self.spare -= 1;
        let wait_ms = FIRST_WAIT_MS << (*attempts - 1);
        self.again.push(Reverse((now.plus_millis(jittered(wait_ms, jitter)), entry)));
    }
}

/// From half of `wait_ms` to one and a half of it.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "waits of seconds")]
fn jittered(wait_ms: i64, jitter: f64) -> i64 {
    wait_ms / 2 + (wait_ms as f64 * jitter) as i64
}

/// AWS is away.
#[derive(Debug)]
struct Outage {
    since: Timestamp,
    wait_ms: i64,
    /// When it is tried again.
    until: Timestamp,
}

/// How many requests may be open at once: halved where AWS throttles, then slowly more again.
#[derive(Debug)]
struct Window {
    now: f64,
    most: f64,
}

impl Window {
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    fn for_events(events: usize, asked: Option<u32>) -> Self {
        // Half as many as there are requests, so that a small run is not all over the place and a burst uses what there is.
        let adapted = events.div_ceil(MOST_ENTRIES).div_ceil(2).clamp(1, MOST_OPEN) as f64;
        let most = asked.map_or(adapted, |asked| f64::from(asked.max(1)));
        Self { now: most, most }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at least 1 and small")]
    fn most(&self) -> usize {
        self.now as usize
    }

    fn narrow(&mut self) {
        self.now = (self.now / 2.0).max(1.0);
    }

    fn widen(&mut self) {
        self.now = (self.now + 1.0 / self.now).min(self.most);
    }
}

/// When the next event is due at a rate.
#[derive(Debug)]
struct Schedule {
    step_ms: f64,
    start: Timestamp,
    /// When the next event is due, in milliseconds after the start.
    next_ms: f64,
}

impl Schedule {
    fn new(rate: f64, start: Timestamp) -> Self {
        Self { step_ms: 1000.0 / rate, start, next_ms: 0.0 }
    }

    /// How many events are due.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "times of days, small counts")]
    fn due(&mut self, now: Timestamp) -> usize {
        let now_ms = now.millis_since(self.start) as f64;
        self.next_ms = self.next_ms.max(now_ms - BUCKET_MS.max(self.step_ms));
        if self.next_ms > now_ms { 0 } else { ((now_ms - self.next_ms) / self.step_ms) as usize + 1 }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    fn take(&mut self, events: usize) {
        self.next_ms += events as f64 * self.step_ms;
    }
}

/// Takes the next batch from `waiting`: at most `most` entries, together below the size limit of a request.
fn cut(waiting: &mut VecDeque<u32>, most: usize, size: impl Fn(u32) -> Option<usize>) -> Vec<u32> {
    let mut total = 0;
    let mut batch = Vec::new();
    while batch.len() < most {
        let Some(size) = waiting.front().and_then(|entry| size(*entry)) else { break };
        total += size;
        if total >= Outgoing::SIZE_LIMIT {
            break;
        }
        batch.extend(waiting.pop_front());
    }
    batch
}

/// Whether sending the entry once more cannot put it on the bus twice without that being seen: AWS says so of two codes, and throttled
/// requests did nothing. An entry whose outcome is not known is never sent again.
fn may_be_sent_again(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Rejected { code, .. } => {
            RETRYABLE.contains(&code.as_str()) || code.starts_with("Throttling") || code == "TooManyRequestsException"
        }
        Outcome::NotSent { .. } | Outcome::Accepted { .. } | Outcome::Unknown { .. } => false,
    }
}

#[cfg(test)]
mod tests;
