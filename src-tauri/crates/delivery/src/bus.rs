//! The partner bus: sends requests and reads what became of their entries.

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
    result: Result<PutPartnerEventsOutput, CallError>,
}

/// The bus on behalf of a run, with the requests that are open.
pub(crate) struct Bus {
    request: Arc<RunRequest>,
    partner: Client,
    recorder: Arc<dyn Recorder>,
    clock: Clock,
    open: JoinSet<Sent>,
}

impl Bus {
    pub(crate) fn new(request: Arc<RunRequest>, partner: Client, recorder: Arc<dyn Recorder>, clock: Clock) -> Self {
        Self { request, partner, recorder, clock, open: JoinSet::new() }
    }

    /// Sends a request with these entries.
    pub(crate) fn put(&mut self, entries: Vec<u32>) {
        let limit_ms = self.request.timeout_ms.clamp(*ANSWER_MS.start(), *ANSWER_MS.end());
        let limit = Duration::from_millis(limit_ms.unsigned_abs());
        let batch: Vec<_> = entries.iter().map(|entry| to_aws(self.request.events.get(*entry).outgoing)).collect();
        let (partner, clock, left) = (self.partner.clone(), self.clock, self.clock.now());
        self.open.spawn(async move {
            let call = partner.put_partner_events().set_entries(Some(batch)).send();
            let result = match tokio::time::timeout(limit, call).await {
                Ok(answer) => answer.map_err(|error| call_error("events", "PutPartnerEvents", error)),
                Err(_) => Err(unanswered(limit_ms)),
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
            Ok(output) => output.request_id().map(Arc::from),
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
                let refused = output.failed_entry_count();
                let record = CallRecord::done(sent.left, ("events", "PutPartnerEvents"), input, output.request_id());
                CallRecord { error: (refused > 0).then(|| format!("{refused} entries were refused")), ..record }
            }
            Err(error) => CallRecord::failed(sent.left, input, error),
        });
    }
}

fn to_aws(outgoing: Outgoing) -> PutPartnerEventsRequestEntry {
    PutPartnerEventsRequestEntry::builder()
        .time(DateTime::from_millis(outgoing.time.cut_to_second().as_millis()))
        .source(outgoing.source.as_str())
        .set_resources(Some(RESOURCES.map(ToOwned::to_owned).to_vec()))
        .detail_type(outgoing.event_type.as_str())
        .detail(outgoing.detail)
        .build()
}

fn reply(result: &Result<PutPartnerEventsOutput, CallError>) -> Reply {
    match result {
        Ok(output) if output.entries().iter().any(|entry| entry.error_code() == Some("ThrottlingException")) => Reply::Throttled,
        Ok(_) => Reply::Answered,
        Err(error) => match error.kind {
            CallErrorKind::Throttled => Reply::Throttled,
            CallErrorKind::Unreachable | CallErrorKind::NoCredentials => Reply::NotReached,
            CallErrorKind::OutcomeUnknown if error.http_status.is_none() => Reply::Silent,
            _ => Reply::Answered,
        },
    }
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

#[cfg(test)]
mod tests {
    use aws_sdk_eventbridge::types::PutPartnerEventsResultEntry;

    use super::*;

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
    fn what_was_not_reached_is_told_from_what_said_nothing() {
        let reply_to = |kind, http_status| reply(&Err(CallError { kind, http_status, ..unanswered(2000) }));
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
        assert_eq!(reply(&Ok(PutPartnerEventsOutput::builder().entries(throttled).build())), Reply::Throttled, "one entry is enough");
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
