//! Putting events on the partner bus: batches within AWS's limits, at the wanted rate, each retried only as AWS says it may be.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::operation::RequestId;
use aws_sdk_eventbridge::operation::put_partner_events::PutPartnerEventsOutput;
use aws_sdk_eventbridge::primitives::DateTime;
use aws_sdk_eventbridge::types::PutPartnerEventsRequestEntry;
use serde_json::json;
use tokio::task::JoinSet;
use waybill_aws::{CallError, CallErrorKind, CallRecord, Recorder, call_error};
use waybill_domain::{Expectation, Outgoing, RESOURCES, Timestamp};

use crate::clock::Clock;
use crate::{Answer, Outcome, PlannedEvent, RunRequest};

/// Most entries of one request (EventBridge API, PutPartnerEvents).
const MOST_ENTRIES: usize = 20;

/// Most requests that are open at once.
const MOST_OPEN: usize = 4;

/// How often an entry is sent at most.
const MOST_ATTEMPTS: u32 = 6;

/// The first wait before an entry is sent again, doubled each time, in milliseconds.
const FIRST_WAIT_MS: i64 = 100;

/// How long an answer is waited for: the run's own time-out within these bounds, in milliseconds.
const ANSWER_MS: std::ops::RangeInclusive<i64> = 2_000..=30_000;

/// Entries that may be sent again after this code; all others are final (API reference, PutEvents, "Error codes").
const RETRYABLE: [&str; 2] = ["ThrottlingException", "InternalFailure"];

/// A request that was answered, or will not be.
#[derive(Debug)]
pub(crate) struct Put {
    entries: Vec<u32>,
    left: Timestamp,
    at: Timestamp,
    result: Result<PutPartnerEventsOutput, CallError>,
}

/// What became of the entries of a request.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    pub(crate) answers: Vec<Answer>,
    /// The request did not reach AWS, or had no credentials.
    pub(crate) failure: Option<CallError>,
}

/// Sends the planned events of a run.
pub(crate) struct Publisher {
    request: Arc<RunRequest>,
    partner: Client,
    recorder: Arc<dyn Recorder>,
    clock: Clock,
    started: Timestamp,
    waiting: VecDeque<u32>,
    retries: Vec<(Timestamp, u32)>,
    attempts: HashMap<u32, u32>,
    sent: u64,
    puts: JoinSet<Put>,
}

impl Publisher {
    pub(crate) fn new(request: Arc<RunRequest>, partner: Client, recorder: Arc<dyn Recorder>, clock: Clock) -> Self {
        let sendable = |event: &PlannedEvent| event.expectation != Expectation::Withheld && event.outgoing.check_size().is_ok();
        let waiting = (0u32..).zip(&request.events).filter(|(_, event)| sendable(event)).map(|(entry, _)| entry).collect();
        let started = clock.now();
        Self {
            request,
            partner,
            recorder,
            clock,
            started,
            waiting,
            retries: Vec::new(),
            attempts: HashMap::new(),
            sent: 0,
            puts: JoinSet::new(),
        }
    }

    /// The answers of entries that are refused before sending: they are too large for any request.
    pub(crate) fn refused(&self, at: Timestamp) -> Vec<Answer> {
        let sent = (0u32..).zip(&self.request.events).filter(|(_, event)| event.expectation != Expectation::Withheld);
        let refused = sent.filter_map(|(entry, event)| Some((entry, event.outgoing.check_size().err()?.reason)));
        refused.map(|(entry, why)| Answer { entry, outcome: Outcome::NotSent { why }, request_id: None, at }).collect()
    }

    /// Whether nothing is left to be sent and no request is open.
    pub(crate) fn is_done(&self) -> bool {
        self.waiting.is_empty() && self.retries.is_empty() && self.puts.is_empty()
    }

    /// Whether requests are open.
    pub(crate) fn is_open(&self) -> bool {
        !self.puts.is_empty()
    }

    /// Gives up what was not sent yet; what was refused and waited for another try stays refused.
    pub(crate) fn stop(&mut self) -> Vec<u32> {
        self.retries.clear();
        self.waiting.drain(..).collect()
    }

    /// The batches whose requests may leave now.
    pub(crate) fn due(&mut self, now: Timestamp) -> Vec<Vec<u32>> {
        let ready = |(at, _): &(Timestamp, u32)| *at <= now;
        let again: Vec<u32> = self.retries.iter().filter(|retry| ready(retry)).map(|(_, entry)| *entry).collect();
        self.retries.retain(|retry| !ready(retry));
        again.into_iter().rev().for_each(|entry| self.waiting.push_front(entry));
        let mut batches = Vec::new();
        while self.puts.len() + batches.len() < MOST_OPEN {
            let most = MOST_ENTRIES.min(self.allowed(now));
            let batch = cut(&self.request.events, &mut self.waiting, most);
            if batch.is_empty() {
                break;
            }
            self.sent += batch.len() as u64;
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

    /// Sends a batch whose leaving is committed.
    pub(crate) fn send(&mut self, entries: Vec<u32>, left: Timestamp) {
        entries.iter().for_each(|entry| *self.attempts.entry(*entry).or_default() += 1);
        let limit_ms = self.request.timeout_ms.clamp(*ANSWER_MS.start(), *ANSWER_MS.end());
        let limit = Duration::from_millis(limit_ms.unsigned_abs());
        let batch: Vec<_> = entries.iter().map(|entry| to_aws(&self.request.events[*entry as usize].outgoing)).collect();
        let (partner, clock) = (self.partner.clone(), self.clock);
        self.puts.spawn(async move {
            let call = partner.put_partner_events().set_entries(Some(batch)).send();
            let result = match tokio::time::timeout(limit, call).await {
                Ok(answer) => answer.map_err(|error| call_error("events", "PutPartnerEvents", error)),
                Err(_) => Err(unanswered(limit_ms)),
            };
            Put { entries, left, at: clock.now(), result }
        });
    }

    /// The next request that is answered; waits for ever while none is open.
    pub(crate) async fn next(&mut self) -> Put {
        match self.puts.join_next().await {
            Some(put) => put.expect("a request is never aborted and does not panic"),
            None => std::future::pending().await,
        }
    }

    /// A further request that is answered already.
    pub(crate) fn try_next(&mut self) -> Option<Put> {
        self.puts.try_join_next().map(|put| put.expect("a request is never aborted and does not panic"))
    }

    /// Reads an answer, keeps it on the record, and plans what is to be sent again.
    pub(crate) fn answered(&mut self, put: Put) -> Answers {
        self.record(&put);
        let (outcomes, failure) = outcomes(&put);
        let request_id: Option<Arc<str>> = match &put.result {
            Ok(output) => output.request_id().map(Arc::from),
            Err(error) => error.request_id.as_deref().map(Arc::from),
        };
        for (entry, outcome) in put.entries.iter().zip(&outcomes) {
            self.plan_retry(*entry, outcome, put.at);
        }
        let answer = |(entry, outcome)| Answer { entry, outcome, request_id: request_id.clone(), at: put.at };
        Answers { answers: put.entries.iter().copied().zip(outcomes).map(answer).collect(), failure }
    }

    fn plan_retry(&mut self, entry: u32, outcome: &Outcome, now: Timestamp) {
        let attempts = self.attempts.get(&entry).copied().unwrap_or_default();
        if !may_be_sent_again(outcome) || attempts >= MOST_ATTEMPTS {
            self.attempts.remove(&entry);
            return;
        }
        let wait_ms = FIRST_WAIT_MS << (attempts.max(1) - 1);
        let jitter_ms = i64::from(uuid::Uuid::new_v4().as_bytes()[0]) * wait_ms / 256;
        self.retries.push((now.plus_millis(wait_ms / 2 + jitter_ms), entry));
    }

    /// Whether an entry will be sent again.
    pub(crate) fn is_retrying(&self, entry: u32) -> bool {
        self.retries.iter().any(|(_, retried)| *retried == entry)
    }

    fn record(&self, put: &Put) {
        let source = put.entries.first().map(|entry| self.request.events[*entry as usize].outgoing.source.as_str());
        let input = json!({ "run": self.request.run, "entries": put.entries.len(), "first": put.entries.first(), "source": source });
        self.recorder.record(match &put.result {
            Ok(output) => {
                let refused = output.failed_entry_count();
                let record = CallRecord::done(put.left, ("events", "PutPartnerEvents"), input, output.request_id());
                CallRecord { error: (refused > 0).then(|| format!("{refused} entries were refused")), ..record }
            }
            Err(error) => CallRecord::failed(put.left, input, error),
        });
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

fn to_aws(outgoing: &Outgoing) -> PutPartnerEventsRequestEntry {
    PutPartnerEventsRequestEntry::builder()
        .time(DateTime::from_millis(outgoing.time.cut_to_second().as_millis()))
        .source(outgoing.source.as_str())
        .set_resources(Some(RESOURCES.map(ToOwned::to_owned).to_vec()))
        .detail_type(outgoing.event_type.as_str())
        .detail(&outgoing.detail)
        .build()
}

fn unanswered(limit_ms: i64) -> CallError {
    CallError {
        service: "events",
        operation: "PutPartnerEvents",
        kind: CallErrorKind::OutcomeUnknown,
        code: None,
        message: format!("no answer within {} s", limit_ms / 1000),
        http_status: None,
        request_id: None,
    }
}

/// What became of each entry, in their order, and the error where the request did not get through at all.
fn outcomes(put: &Put) -> (Vec<Outcome>, Option<CallError>) {
    match &put.result {
        Ok(output) => (put.entries.iter().enumerate().map(|(place, _)| entry_outcome(output, place)).collect(), None),
        Err(error) => {
            let outcome = request_outcome(error);
            let failure = matches!(error.kind, CallErrorKind::Unreachable | CallErrorKind::NoCredentials).then(|| error.clone());
            (vec![outcome; put.entries.len()], failure)
        }
    }
}

/// The answer's results are in the order of the request's entries (API reference, PutPartnerEvents).
fn entry_outcome(output: &PutPartnerEventsOutput, place: usize) -> Outcome {
    let unknown = || Outcome::Unknown { why: "the answer says nothing about this entry".to_owned() };
    let Some(result) = output.entries().get(place) else { return unknown() };
    match (result.event_id(), result.error_code()) {
        (_, Some(code)) => Outcome::Rejected { code: code.to_owned(), message: result.error_message().unwrap_or_default().to_owned() },
        (Some(id), None) => Outcome::Accepted { event_id: id.to_owned() },
        (None, None) => unknown(),
    }
}

fn request_outcome(error: &CallError) -> Outcome {
    match error.kind {
        CallErrorKind::OutcomeUnknown => Outcome::Unknown { why: error.to_string() },
        CallErrorKind::Unreachable => Outcome::NotSent { why: error.to_string() },
        CallErrorKind::NoCredentials if error.http_status.is_none() => Outcome::NotSent { why: error.to_string() },
        _ => Outcome::Rejected { code: error.code.clone().unwrap_or_else(|| "Refused".to_owned()), message: error.message.clone() },
    }
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
    use aws_sdk_eventbridge::types::PutPartnerEventsResultEntry;
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
    fn results_belong_to_entries_by_their_place() {
        let accepted = PutPartnerEventsResultEntry::builder().event_id("id").build();
        let refused = PutPartnerEventsResultEntry::builder().error_code("MalformedDetail").error_message("Detail is malformed.").build();
        let output = PutPartnerEventsOutput::builder().entries(accepted).entries(refused).failed_entry_count(1).build();
        let outcome = |place| entry_outcome(&output, place);
        assert_eq!(outcome(0), Outcome::Accepted { event_id: "id".into() });
        assert_eq!(outcome(1), Outcome::Rejected { code: "MalformedDetail".into(), message: "Detail is malformed.".into() });
        assert!(matches!(outcome(2), Outcome::Unknown { .. }), "an answer that is too short says nothing");
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

    #[test]
    fn a_request_error_means_the_same_for_all_its_entries() {
        let error = |kind, http_status| CallError { kind, http_status, code: Some("Code".into()), ..unanswered(2000) };
        assert!(matches!(request_outcome(&error(CallErrorKind::OutcomeUnknown, None)), Outcome::Unknown { .. }));
        assert!(matches!(request_outcome(&error(CallErrorKind::Unreachable, None)), Outcome::NotSent { .. }));
        assert!(matches!(request_outcome(&error(CallErrorKind::NoCredentials, None)), Outcome::NotSent { .. }));
        let refused = [CallErrorKind::NoCredentials, CallErrorKind::AccessDenied, CallErrorKind::Throttled, CallErrorKind::NotFound];
        for kind in refused {
            assert!(matches!(request_outcome(&error(kind, Some(400))), Outcome::Rejected { .. }), "{kind:?}: AWS answered");
        }
    }
}
