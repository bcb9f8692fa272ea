//! The bus: sends requests and reads what became of their entries.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::operation::RequestId;
use aws_sdk_eventbridge::operation::put_events::PutEventsOutput;
use aws_sdk_eventbridge::operation::put_partner_events::PutPartnerEventsOutput;
use aws_sdk_eventbridge::primitives::DateTime;
use aws_sdk_eventbridge::types::{PutEventsRequestEntry, PutEventsResultEntry, PutPartnerEventsRequestEntry, PutPartnerEventsResultEntry};
use serde_json::json;
use tokio::task::JoinSet;
use waybill_aws::{CallError, CallErrorKind, CallRecord, Recorder, call_error};
use waybill_domain::{Outgoing, RESOURCES, Timestamp};
use waybill_proof::{Outcome, Put, Reply, RunRequest};

use crate::clock::Clock;

/// How long an answer is waited for: the run's own time-out within these bounds, in milliseconds.
const ANSWER_MS: std::ops::RangeInclusive<i64> = 2_000..=30_000;

/// A request that was answered, or will not be.
#[derive(Debug)]
pub(crate) struct Sent {
    entries: Vec<u32>,
    left: Timestamp,
    at: Timestamp,
    result: Result<Answered, CallError>,
}

/// An answer of PutPartnerEvents or PutEvents, which say the same in two types.
#[derive(Debug, Default)]
struct Answered {
    /// Results in the order of the entries.
    entries: Vec<EntryResult>,
    refused: i32,
    request_id: Option<String>,
}

#[derive(Debug)]
struct EntryResult {
    event_id: Option<String>,
    error: Option<(String, String)>,
}

/// Where events are put, and as whom.
pub(crate) enum Publisher {
    /// The partner's own bus, as the partner.
    Partner(Client),
    /// A custom bus by this name, as the customer.
    Custom(Client, String),
}

/// The bus on behalf of a run, with the requests that are open.
pub(crate) struct Bus {
    request: Arc<RunRequest>,
    publisher: Publisher,
    recorder: Arc<dyn Recorder>,
    clock: Clock,
    open: JoinSet<Sent>,
}

impl Bus {
    pub(crate) fn new(request: Arc<RunRequest>, publisher: Publisher, recorder: Arc<dyn Recorder>, clock: Clock) -> Self {
        Self { request, publisher, recorder, clock, open: JoinSet::new() }
    }

    /// Sends a request with these entries.
    pub(crate) fn put(&mut self, entries: Vec<u32>) {
        let limit_ms = self.request.timeout_ms.clamp(*ANSWER_MS.start(), *ANSWER_MS.end());
        let limit = Duration::from_millis(limit_ms.unsigned_abs());
        let batch: Vec<_> = entries.iter().map(|entry| self.request.events.get(*entry).outgoing).collect();
        let (sending, operation) = (self.publisher.send(batch), self.publisher.operation());
        let (clock, left) = (self.clock, self.clock.now());
        self.open.spawn(async move {
            let result = match tokio::time::timeout(limit, sending).await {
                Ok(answer) => answer,
                Err(_) => Err(unanswered(operation, limit_ms)),
            };
            Sent { entries, left, at: clock.now(), result }
        });
    }

    /// The next requests that are answered; waits for ever while none is open.
    pub(crate) async fn next(&mut self) -> Vec<Sent> {
        let Some(first) = self.open.join_next().await else { return std::future::pending().await };
        let mut sent = vec![first.expect("a request is never aborted and does not panic")];
        sent.extend(self.answered());
        sent
    }

    /// The requests that are answered by now.
    pub(crate) fn answered(&mut self) -> Vec<Sent> {
        let next = || self.open.try_join_next().map(|sent| sent.expect("a request is never aborted and does not panic"));
        std::iter::from_fn(next).collect()
    }

    /// Reads an answer and keeps it on the record; the error comes along where the request did not get through at all.
    pub(crate) fn read(&self, sent: Sent) -> (Put, Option<CallError>) {
        self.record(&sent);
        let (outcomes, lost) = outcomes(&sent);
        let request_id = match &sent.result {
            Ok(output) => output.request_id.as_deref().map(Arc::from),
            Err(error) => error.request_id.as_deref().map(Arc::from),
        };
        let reply = reply(&sent.result);
        (Put { entries: sent.entries, outcomes, request_id, at: sent.at, reply }, lost)
    }

    fn record(&self, sent: &Sent) {
        let source = sent.entries.first().map(|entry| self.request.events.get(*entry).outgoing.source);
        let input = json!({ "run": self.request.run, "entries": sent.entries.len(), "first": sent.entries.first(), "source": source });
        self.recorder.record(match &sent.result {
            Ok(output) => {
                let refused = output.refused;
                let call = ("events", self.publisher.operation());
                let record = CallRecord::done(sent.left, call, input, output.request_id.as_deref());
                CallRecord { error: (refused > 0).then(|| format!("{refused} entries were refused")), ..record }
            }
            Err(error) => CallRecord::failed(sent.left, input, error),
        });
    }
}

impl Publisher {
    const fn operation(&self) -> &'static str {
        match self {
            Self::Partner(_) => "PutPartnerEvents",
            Self::Custom(..) => "PutEvents",
        }
    }

    fn send(&self, batch: Vec<Outgoing>) -> Pin<Box<dyn Future<Output = Result<Answered, CallError>> + Send>> {
        let operation = self.operation();
        match self {
            Self::Partner(client) => {
                let call = client.put_partner_events().set_entries(Some(batch.into_iter().map(partner_entry).collect())).send();
                Box::pin(async move { call.await.map(Answered::from).map_err(|error| call_error("events", operation, error)) })
            }
            Self::Custom(client, bus) => {
                let entries = batch.into_iter().map(|outgoing| custom_entry(outgoing, bus)).collect();
                let call = client.put_events().set_entries(Some(entries)).send();
                Box::pin(async move { call.await.map(Answered::from).map_err(|error| call_error("events", operation, error)) })
            }
        }
    }
}

impl From<PutPartnerEventsOutput> for Answered {
    fn from(output: PutPartnerEventsOutput) -> Self {
        let (refused, request_id) = (output.failed_entry_count(), output.request_id().map(ToOwned::to_owned));
        let result = |entry: PutPartnerEventsResultEntry| EntryResult::of(entry.event_id, entry.error_code, entry.error_message);
        Self { entries: output.entries.unwrap_or_default().into_iter().map(result).collect(), refused, request_id }
    }
}

impl From<PutEventsOutput> for Answered {
    fn from(output: PutEventsOutput) -> Self {
        let (refused, request_id) = (output.failed_entry_count(), output.request_id().map(ToOwned::to_owned));
        let result = |entry: PutEventsResultEntry| EntryResult::of(entry.event_id, entry.error_code, entry.error_message);
        Self { entries: output.entries.unwrap_or_default().into_iter().map(result).collect(), refused, request_id }
    }
}

impl EntryResult {
    fn of(event_id: Option<String>, code: Option<String>, message: Option<String>) -> Self {
        Self { event_id, error: code.map(|code| (code, message.unwrap_or_default())) }
    }
}

fn partner_entry(outgoing: Outgoing) -> PutPartnerEventsRequestEntry {
    PutPartnerEventsRequestEntry::builder()
        .time(DateTime::from_millis(outgoing.time.cut_to_second().as_millis()))
        .source(outgoing.source.as_str())
        .set_resources(Some(RESOURCES.map(ToOwned::to_owned).to_vec()))
        .detail_type(outgoing.event_type.as_str())
        .detail(outgoing.detail)
        .build()
}

fn custom_entry(outgoing: Outgoing, bus: &str) -> PutEventsRequestEntry {
    PutEventsRequestEntry::builder()
        .event_bus_name(bus)
        .time(DateTime::from_millis(outgoing.time.cut_to_second().as_millis()))
        .source(outgoing.source.as_str())
        .set_resources(Some(RESOURCES.map(ToOwned::to_owned).to_vec()))
        .detail_type(outgoing.event_type.as_str())
        .detail(outgoing.detail)
        .build()
}

fn reply(result: &Result<Answered, CallError>) -> Reply {
    let is_throttled = |entry: &EntryResult| entry.error.as_ref().is_some_and(|(code, _)| code == "ThrottlingException");
    match result {
        Ok(output) if output.entries.iter().any(is_throttled) => Reply::Throttled,
        Ok(_) => Reply::Answered,
        Err(error) => match error.kind {
            CallErrorKind::Throttled => Reply::Throttled,
            CallErrorKind::Unreachable | CallErrorKind::NoCredentials | CallErrorKind::Withheld => Reply::NotReached,
            CallErrorKind::OutcomeUnknown if error.http_status.is_none() => Reply::Silent,
            _ => Reply::Answered,
        },
    }
}

fn unanswered(operation: &'static str, limit_ms: i64) -> CallError {
    CallError {
        service: "events",
        operation,
        kind: CallErrorKind::OutcomeUnknown,
        code: None,
        message: format!("no answer within {} s", limit_ms / 1000),
        http_status: None,
        request_id: None,
    }
}

/// What became of each entry, in their order, and the error where the request did not get through at all.
fn outcomes(sent: &Sent) -> (Vec<Outcome>, Option<CallError>) {
    match &sent.result {
        Ok(output) => (sent.entries.iter().enumerate().map(|(place, _)| entry_outcome(output, place)).collect(), None),
        Err(error) => {
            let outcome = request_outcome(error);
            let failure = matches!(error.kind, CallErrorKind::Unreachable | CallErrorKind::NoCredentials).then(|| error.clone());
            (vec![outcome; sent.entries.len()], failure)
        }
    }
}

/// The answer's results are in the order of the request's entries (API reference, PutPartnerEvents and PutEvents).
fn entry_outcome(output: &Answered, place: usize) -> Outcome {
    let unknown = || Outcome::Unknown { why: "the answer says nothing about this entry".to_owned() };
    let Some(result) = output.entries.get(place) else { return unknown() };
    match (&result.event_id, &result.error) {
        (_, Some((code, message))) => Outcome::Rejected { code: code.clone(), message: message.clone() },
        (Some(id), None) => Outcome::Accepted { event_id: id.clone() },
        (None, None) => unknown(),
    }
}

fn request_outcome(error: &CallError) -> Outcome {
    match error.kind {
        CallErrorKind::OutcomeUnknown => Outcome::Unknown { why: error.to_string() },
        CallErrorKind::Unreachable | CallErrorKind::Withheld => Outcome::NotSent { why: error.to_string() },
        CallErrorKind::NoCredentials if error.http_status.is_none() => Outcome::NotSent { why: error.to_string() },
        _ => Outcome::Rejected { code: error.code.clone().unwrap_or_else(|| "Refused".to_owned()), message: error.message.clone() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_belong_to_entries_by_their_place() {
        let accepted = PutPartnerEventsResultEntry::builder().event_id("id").build();
        let refused = PutPartnerEventsResultEntry::builder().error_code("MalformedDetail").error_message("Detail is malformed.").build();
        let output = PutPartnerEventsOutput::builder().entries(accepted).entries(refused).failed_entry_count(1).build().into();
        let outcome = |place| entry_outcome(&output, place);
        assert_eq!(outcome(0), Outcome::Accepted { event_id: "id".into() });
        assert_eq!(outcome(1), Outcome::Rejected { code: "MalformedDetail".into(), message: "Detail is malformed.".into() });
        assert!(matches!(outcome(2), Outcome::Unknown { .. }), "an answer that is too short says nothing");
    }

    #[test]
    fn what_was_not_reached_is_told_from_what_said_nothing() {
        let reply_to = |kind, http_status| reply(&Err(CallError { kind, http_status, ..unanswered("PutPartnerEvents", 2000) }));
        for (kind, status, expected) in [
            (CallErrorKind::Unreachable, None, Reply::NotReached),
            (CallErrorKind::NoCredentials, Some(403), Reply::NotReached),
            (CallErrorKind::Throttled, Some(400), Reply::Throttled),
            (CallErrorKind::OutcomeUnknown, None, Reply::Silent),
            (CallErrorKind::OutcomeUnknown, Some(500), Reply::Answered),
            (CallErrorKind::AccessDenied, Some(403), Reply::Answered),
        ] {
            assert_eq!(reply_to(kind, status), expected, "{kind:?} {status:?}");
        }
        let throttled = PutPartnerEventsResultEntry::builder().error_code("ThrottlingException").build();
        assert_eq!(
            reply(&Ok(PutPartnerEventsOutput::builder().entries(throttled).build().into())),
            Reply::Throttled,
            "one entry is enough"
        );
    }

    #[test]
    fn a_request_error_means_the_same_for_all_its_entries() {
        let error = |kind, http_status| CallError { kind, http_status, code: Some("Code".into()), ..unanswered("PutPartnerEvents", 2000) };
        assert!(matches!(request_outcome(&error(CallErrorKind::OutcomeUnknown, None)), Outcome::Unknown { .. }));
        assert!(matches!(request_outcome(&error(CallErrorKind::Unreachable, None)), Outcome::NotSent { .. }));
        assert!(matches!(request_outcome(&error(CallErrorKind::NoCredentials, None)), Outcome::NotSent { .. }));
        let refused = [CallErrorKind::NoCredentials, CallErrorKind::AccessDenied, CallErrorKind::Throttled, CallErrorKind::NotFound];
        for kind in refused {
            assert!(matches!(request_outcome(&error(kind, Some(400))), Outcome::Rejected { .. }), "{kind:?}: AWS answered");
        }
    }
}
