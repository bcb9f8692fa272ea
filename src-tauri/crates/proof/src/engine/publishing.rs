//! What is sent when: batches within AWS's limits, at the wanted rate, each entry sent again only as AWS says it may be.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use waybill_domain::{Expectation, Outgoing, Timestamp};

use super::Put;
use crate::{Answer, Outcome, PlannedEvent, RunRequest};

/// Most entries of one request (EventBridge API, PutPartnerEvents).
const MOST_ENTRIES: usize = 20;

/// Most requests that are open at once.
const MOST_OPEN: usize = 4;

/// How often an entry is sent at most.
const MOST_ATTEMPTS: u32 = 6;

/// The first wait before an entry is sent again, doubled each time, in milliseconds.
const FIRST_WAIT_MS: i64 = 100;

/// Entries that may be sent again after this code; all others are final (API reference, PutEvents, "Error codes").
const RETRYABLE: [&str; 2] = ["ThrottlingException", "InternalFailure"];

/// The events of a run that are still to be sent, and the requests that are open.
#[derive(Debug)]
pub(super) struct Publishing {
    request: Arc<RunRequest>,
    started: Timestamp,
    waiting: VecDeque<u32>,
    retries: Vec<(Timestamp, u32)>,
    attempts: HashMap<u32, u32>,
    sent: u64,
    open: usize,
    /// The seed of the next jitter.
    jitter: u64,
}

impl Publishing {
    pub(super) fn new(request: Arc<RunRequest>, started: Timestamp, seed: u64) -> Self {
        let sendable = |event: &PlannedEvent| event.expectation != Expectation::Withheld && event.outgoing.check_size().is_ok();
        let waiting = (0u32..).zip(&request.events).filter(|(_, event)| sendable(event)).map(|(entry, _)| entry).collect();
        Self { request, started, waiting, retries: Vec::new(), attempts: HashMap::new(), sent: 0, open: 0, jitter: seed }
    }

    /// The answers of entries that are refused before sending: they are too large for any request.
    pub(super) fn refused(&self, at: Timestamp) -> Vec<Answer> {
        let sent = (0u32..).zip(&self.request.events).filter(|(_, event)| event.expectation != Expectation::Withheld);
        let refused = sent.filter_map(|(entry, event)| Some((entry, event.outgoing.check_size().err()?.reason)));
        refused.map(|(entry, why)| Answer { entry, outcome: Outcome::NotSent { why }, request_id: None, at }).collect()
    }

    /// Whether nothing is left to be sent and no request is open.
    pub(super) fn is_done(&self) -> bool {
        self.waiting.is_empty() && self.retries.is_empty() && self.open == 0
    }

    /// Whether requests are open.
    pub(super) const fn is_open(&self) -> bool {
        self.open > 0
    }

    /// Gives up what was not sent yet; what was refused and waited for another try stays refused.
    pub(super) fn stop(&mut self) {
        self.retries.clear();
        self.waiting.clear();
    }

    /// The batches whose requests may leave now.
    pub(super) fn due(&mut self, now: Timestamp) -> Vec<Vec<u32>> {
        let ready = |(at, _): &(Timestamp, u32)| *at <= now;
        let again: Vec<u32> = self.retries.iter().filter(|retry| ready(retry)).map(|(_, entry)| *entry).collect();
        self.retries.retain(|retry| !ready(retry));
        again.into_iter().rev().for_each(|entry| self.waiting.push_front(entry));
        let mut batches = Vec::new();
        while self.open < MOST_OPEN {
            let most = MOST_ENTRIES.min(self.allowed(now)).min(self.scheduled(now));
            let batch = cut(&self.request.events, &mut self.waiting, most);
            if batch.is_empty() {
                break;
            }
            batch.iter().for_each(|entry| *self.attempts.entry(*entry).or_default() += 1);
            self.sent += batch.len() as u64;
            self.open += 1;
            batches.push(batch);
        }
        batches
    }

    /// How many events the rate allows now.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "counts far below 2^52")]
    fn allowed(&self, now: Timestamp) -> usize {
        let Some(rate) = self.request.rate else { return usize::MAX };
        let earned = 1.0 + now.millis_since(self.started).max(0) as f64 / 1000.0 * rate.max(0.0);
        (earned as u64).saturating_sub(self.sent) as usize
    }

    /// How many of the events that wait next are due by the schedule.
    fn scheduled(&self, now: Timestamp) -> usize {
        let Some(schedule) = &self.request.schedule else { return usize::MAX };
        let elapsed_ms = now.millis_since(self.started);
        let is_due = |entry: &&u32| schedule.get(**entry as usize).is_none_or(|due_ms| *due_ms <= elapsed_ms);
        self.waiting.iter().take(MOST_ENTRIES).take_while(is_due).count()
    }

    /// Takes an answer in and plans what is to be sent again.
    pub(super) fn answered(&mut self, put: Put) -> Vec<Answer> {
        self.open -= 1;
        for (entry, outcome) in put.entries.iter().zip(&put.outcomes) {
            self.plan_retry(*entry, outcome, put.at);
        }
        let answer = |(entry, outcome)| Answer { entry, outcome, request_id: put.request_id.clone(), at: put.at };
        put.entries.into_iter().zip(put.outcomes).map(answer).collect()
    }

    fn plan_retry(&mut self, entry: u32, outcome: &Outcome, now: Timestamp) {
        let attempts = self.attempts.get(&entry).copied().unwrap_or_default();
        if !may_be_sent_again(outcome) || attempts >= MOST_ATTEMPTS {
            self.attempts.remove(&entry);
            return;
        }
        let wait_ms = FIRST_WAIT_MS << (attempts.max(1) - 1);
        let jitter_ms = i64::from(self.drawn()) * wait_ms / 256;
        self.retries.push((now.plus_millis(wait_ms / 2 + jitter_ms), entry));
    }

    /// Whether an entry will be sent again.
    pub(super) fn is_retrying(&self, entry: u32) -> bool {
        self.retries.iter().any(|(_, retried)| *retried == entry)
    }

    /// The next of a sequence of bytes that only spread retries; a linear congruence is enough for that.
    const fn drawn(&mut self) -> u8 {
        self.jitter = self.jitter.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.jitter.to_be_bytes()[0]
    }
}

/// Takes the next batch from `waiting`: at most `most` entries, together below the size limit of a request.
fn cut(events: &[PlannedEvent], waiting: &mut VecDeque<u32>, most: usize) -> Vec<u32> {
    let mut size = 0;
    let mut batch = Vec::new();
    while batch.len() < most {
        let Some(entry) = waiting.front() else { break };
        size += events[*entry as usize].outgoing.size();
        if size >= Outgoing::SIZE_LIMIT {
            break;
        }
        batch.extend(waiting.pop_front());
    }
    batch
}

/// Whether sending the entry once more cannot put it on the bus twice without that being seen: AWS says so of two codes, throttled
/// requests did nothing, and what never left cannot have arrived.
fn may_be_sent_again(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Rejected { code, .. } => {
            RETRYABLE.contains(&code.as_str()) || code.starts_with("Throttling") || code == "TooManyRequestsException"
        }
        Outcome::NotSent { .. } => true,
        Outcome::Accepted { .. } | Outcome::Unknown { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use waybill_domain::{EventType, IncidentId};

    use super::*;

    fn event(bytes: usize) -> PlannedEvent {
        let outgoing = Outgoing {
            source: "aws.partner/ilert.com/test/1".parse().unwrap(),
            event_type: EventType::Created,
            detail: "x".repeat(bytes),
            incident: IncidentId(1),
            time: Timestamp::from_millis(0),
            account: "123456789012".parse().unwrap(),
            region: "eu-central-1".parse().unwrap(),
        };
        PlannedEvent { outgoing, expectation: Expectation::MustArrive }
    }

    #[test]
    fn batches_keep_to_twenty_entries_and_stay_below_a_megabyte() {
        let small: Vec<_> = (0..45).map(|_| event(100)).collect();
        let mut waiting: VecDeque<u32> = (0..45).collect();
        let sizes: Vec<usize> = std::iter::repeat_with(|| cut(&small, &mut waiting, MOST_ENTRIES).len()).take(4).collect();
        assert_eq!(sizes, [20, 20, 5, 0]);
        let large: Vec<_> = (0..5).map(|_| event(400_000)).collect();
        let mut waiting: VecDeque<u32> = (0..5).collect();
        let sizes: Vec<usize> = std::iter::repeat_with(|| cut(&large, &mut waiting, MOST_ENTRIES).len()).take(3).collect();
        assert_eq!(sizes, [2, 2, 1], "two of 400,000 bytes fit into a request, three do not");
    }

    #[test]
    fn a_scheduled_event_waits_for_its_time_and_those_behind_it_wait_with_it() {
        let at = Timestamp::from_millis;
        let request = RunRequest {
            run: "00000000-0000-4000-8000-000000000001".parse().unwrap(),
            connection: "sandbox".into(),
            mode: waybill_domain::Mode::Partner,
            action: crate::ActionRef { id: "00000000-0000-4000-8000-000000000002".parse().unwrap(), name: "Ops".into() },
            queue: crate::QueueRef { url: "u".into(), arn: waybill_domain::QueueArn::from_aws("a") },
            events: (0..4).map(|_| event(10)).collect(),
            reading: waybill_domain::ReadingPlan::Consume,
            timeout_ms: 1000,
            rate: None,
            schedule: Some([0, 0, 500, 2000].into()),
            transformer: None,
        };
        let mut publishing = Publishing::new(Arc::new(request), at(1000), 0);
        let nothing: Vec<Vec<u32>> = Vec::new();
        let due: Vec<Vec<Vec<u32>>> = [1000, 1499, 1500, 2999, 3000].map(|now| publishing.due(at(now))).into();
        assert_eq!(due, [vec![vec![0, 1]], nothing.clone(), vec![vec![2]], nothing, vec![vec![3]]]);
    }

    #[test]
    fn only_what_aws_allows_is_sent_again() {
        let rejected = |code: &str| Outcome::Rejected { code: code.into(), message: String::new() };
        for (outcome, again) in [
            (rejected("ThrottlingException"), true),
            (rejected("InternalFailure"), true),
            (rejected("AccessDeniedException"), false),
            (rejected("MalformedDetail"), false),
            (Outcome::NotSent { why: "refused".into() }, true),
            (Outcome::Unknown { why: "no answer".into() }, false),
            (Outcome::Accepted { event_id: "id".into() }, false),
        ] {
            assert_eq!(may_be_sent_again(&outcome), again, "{outcome:?}");
        }
    }
}
