//! Reading the queue: receives as [`pace`](crate::pace) wants them, own messages deleted only after they are committed, foreign ones
//! let go.

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::Config;
use aws_sdk_sqs::config::retry::RetryConfig;
use aws_sdk_sqs::operation::RequestId;
use aws_sdk_sqs::types::{ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatchRequestEntry, Message, MessageSystemAttributeName};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use waybill_aws::{CallError, CallErrorKind, CallRecord, Recorder, call_error};
use waybill_domain::{RunId, Timestamp};

use crate::clock::{Clock, Slip};
use crate::foreign::Foreign;
use crate::health::{Completed, Failure, Health, VISIBILITY_S};
use crate::pace::{self, Situation};
use crate::{Ledger, LedgerError, Ownership, Parts, PollerReport, QueueRef, Received};

/// Most messages of one batch request (SQS API, DeleteMessageBatch and ChangeMessageVisibilityBatch).
const BATCH: usize = 10;

/// How much longer than needed it is said that a receive may be open, so that it need not be said anew for each one (milliseconds).
const SPARE_MS: i64 = 5000;

/// How long after the last deadline the last receives take at most (milliseconds).
const END_MS: i64 = 2700;

/// The wait after a failed receive, doubled up to the longest (milliseconds).
const FIRST_WAIT_MS: i64 = 200;
const LONGEST_WAIT_MS: i64 = 2000;

/// A receive that was completed, with what it brought.
#[derive(Debug)]
pub(crate) struct Receive {
    started: Timestamp,
    wait_ms: i64,
    finished: Timestamp,
    result: Result<Vec<Message>, CallError>,
}

/// A message with the handle to delete it by.
#[derive(Debug, Clone)]
struct Handled {
    received: Received,
    handle: String,
}

/// What the pace depends on beside the poller itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) unread: usize,
    pub(crate) may_end_otherwise: bool,
    pub(crate) next_deadline: Option<Timestamp>,
    pub(crate) last_deadline: Option<Timestamp>,
}

/// Reads one queue on behalf of a run.
pub(crate) struct Poller {
    pub(crate) health: Health,
    sqs: Client,
    queue: QueueRef,
    run: RunId,
    ledger: Arc<dyn Ledger>,
    recorder: Arc<dyn Recorder>,
    clock: Clock,
    slip: Slip,
    receives: JoinSet<Receive>,
    chores: JoinSet<()>,
    undecided: Vec<Handled>,
    foreign: Foreign,
    /// By when the queue is to be found empty.
    end: Option<Timestamp>,
    brought: usize,
    failures: u32,
    retry_at: Option<Timestamp>,
    /// The first failure that did not reach AWS or had no credentials.
    pub(crate) failure: Option<CallError>,
}

impl Poller {
    pub(crate) fn new(parts: &Parts, queue: QueueRef, run: RunId, clock: Clock) -> Self {
        let mut slip = Slip::default();
        slip.look(&clock);
        Self {
            health: Health::default(),
            sqs: parts.clients.sqs().clone(),
            queue,
            run,
            ledger: Arc::clone(&parts.ledger),
            recorder: Arc::clone(&parts.recorder),
            clock,
            slip,
            receives: JoinSet::new(),
            chores: JoinSet::new(),
            undecided: Vec::new(),
            foreign: Foreign::default(),
            end: None,
            brought: 0,
            failures: 0,
            retry_at: None,
            failure: None,
        }
    }

    /// Goes on where the poller of an interrupted run left off.
    pub(crate) fn resume(&mut self, report: &PollerReport) {
        self.health = Health::resumed(report);
    }

    /// Starts the receives that are wanted now. That they may be open is committed before.
    pub(crate) async fn start(&mut self, wanted: Wanted) -> Result<(), LedgerError> {
        self.end = wanted.last_deadline.map(|deadline| deadline.plus_millis(END_MS));
        loop {
            let now = self.clock.now();
            let wait_s = match pace::next_receive(&self.situation(wanted, now)) {
                Some(wait_s) if self.retry_at.is_none_or(|at| at <= now) => wait_s,
                _ => return Ok(()),
            };
            let wait_ms = i64::from(wait_s) * 1000;
            if self.health.reserve(now.plus_millis(wait_ms + 1000), SPARE_MS) {
                self.commit_health().await?;
            }
            self.receive(wait_s);
        }
    }

    fn situation(&self, wanted: Wanted, now: Timestamp) -> Situation {
        let waiting_since = self.health.open_since().filter(|(_, wait_ms)| *wait_ms > 0).map(|(since, _)| since).max();
        Situation {
            now,
            outstanding: self.health.outstanding(),
            waiting_since,
            brought: self.brought,
            unread: wanted.unread,
            may_end_otherwise: wanted.may_end_otherwise,
            next_deadline: wanted.next_deadline,
            last_deadline: wanted.last_deadline,
            is_swept: wanted.last_deadline.is_some_and(|deadline| self.health.is_swept_since(deadline)),
        }
    }

    fn receive(&mut self, wait_s: i32) {
        let (started, wait_ms) = (self.clock.now(), i64::from(wait_s) * 1000);
        self.health.started(started, wait_ms);
        let call = self
            .sqs
            .receive_message()
            .queue_url(&self.queue.url)
            .max_number_of_messages(i32::try_from(pace::FULL).expect("ten"))
            .wait_time_seconds(wait_s)
            .visibility_timeout(VISIBILITY_S)
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .customize()
            // A lost answer may have taken messages along; that must be seen as the gap it is, not be hidden by another attempt.
            .config_override(Config::builder().retry_config(RetryConfig::disabled()));
        let clock = self.clock;
        self.receives.spawn(async move {
            let result = call.send().await.map(|answer| answer.messages.unwrap_or_default());
            let result = result.map_err(|error| call_error("sqs", "ReceiveMessage", error));
            Receive { started, wait_ms, finished: clock.now(), result }
        });
    }

    /// The next receive that is completed; waits for ever while none is open.
    pub(crate) async fn next(&mut self) -> Receive {
        match self.receives.join_next().await {
            Some(receive) => receive.expect("a receive is awaited or dropped, and does not panic"),
            None => std::future::pending().await,
        }
    }

    /// Takes a completed receive in, and every other one that is completed by now: commits what is own, then deletes it.
    pub(crate) async fn take(&mut self, first: Receive) -> Result<(), LedgerError> {
        let mut receives = vec![first];
        while let Some(more) = self.receives.try_join_next() {
            receives.push(more.expect("a receive is awaited or dropped, and does not panic"));
        }
        let mut messages = Vec::new();
        let mut completed = Vec::new();
        for receive in receives {
            let (done, brought) = self.completed(receive);
            completed.push(done);
            messages.extend(brought);
        }
        let outcome = self.keep(messages).await;
        // Only now does an empty receive prove anything: what came before it is committed.
        completed.iter().for_each(|done| self.health.completed(done));
        outcome
    }

    /// Everything that is completed by now, without waiting.
    pub(crate) async fn take_completed(&mut self) -> Result<(), LedgerError> {
        match self.receives.try_join_next() {
            Some(first) => self.take(first.expect("a receive is awaited or dropped, and does not panic")).await,
            None => Ok(()),
        }
    }

    fn completed(&mut self, receive: Receive) -> (Completed, Vec<Handled>) {
        let Receive { started, wait_ms, finished, result } = receive;
        match result {
            Ok(messages) => {
                (self.failures, self.retry_at) = (0, None);
                self.brought = messages.len();
                let done = Completed { started, wait_ms, finished, result: Ok(messages.len()) };
                (done, messages.into_iter().filter_map(|message| handled(message, finished)).collect())
            }
            Err(error) => {
                let wait_ms_next = (FIRST_WAIT_MS << self.failures.min(8)).min(LONGEST_WAIT_MS);
                self.failures += 1;
                self.brought = 0;
                self.retry_at = Some(finished.plus_millis(wait_ms_next));
                let failure = Failure { why: error.to_string(), may_have_taken: error.kind == CallErrorKind::OutcomeUnknown };
                if matches!(error.kind, CallErrorKind::Unreachable | CallErrorKind::NoCredentials) {
                    self.failure.get_or_insert(error);
                }
                (Completed { started, wait_ms, finished, result: Err(failure) }, Vec::new())
            }
        }
    }

    /// Whether the queue holds more than the last receive could bring.
    pub(crate) const fn is_behind(&self) -> bool {
        self.brought == pace::FULL
    }

    /// Whether messages wait for an answer that decides whose they are.
    pub(crate) fn has_undecided(&self) -> bool {
        !self.undecided.is_empty()
    }

    /// Asks again for the messages that could not be decided.
    pub(crate) async fn decide(&mut self) -> Result<(), LedgerError> {
        let undecided = std::mem::take(&mut self.undecided);
        self.keep(undecided).await
    }

    async fn keep(&mut self, messages: Vec<Handled>) -> Result<(), LedgerError> {
        if messages.is_empty() {
            return Ok(());
        }
        let owners = self.ledger.arrived(messages.iter().map(|message| message.received.clone()).collect()).await?;
        let (mut own, mut aside) = (Vec::new(), Vec::new());
        for (message, owner) in messages.into_iter().zip(owners) {
            match owner {
                Ownership::Own => own.push(message.handle),
                Ownership::Undecided => self.undecided.push(message),
                Ownership::Foreign => {
                    let named = (message.received.message_id, message.handle.clone());
                    let seconds = self.foreign.saw(named, self.clock.now(), self.end);
                    aside.push((message.handle, seconds));
                }
            }
        }
        own.chunks(BATCH).for_each(|handles| self.delete(handles));
        aside.chunks(BATCH).for_each(|handles| self.put_aside(handles));
        Ok(())
    }

    /// Deletes own messages that are committed. One that is not deleted comes back, and is own again.
    fn delete(&mut self, handles: &[String]) {
        let entry =
            |(id, handle): (usize, &String)| DeleteMessageBatchRequestEntry::builder().id(id.to_string()).receipt_handle(handle).build();
        let Ok(entries) = handles.iter().enumerate().map(entry).collect::<Result<Vec<_>, _>>() else { return };
        let call = self.sqs.delete_message_batch().queue_url(&self.queue.url).set_entries(Some(entries));
        let record = self.record("DeleteMessageBatch", json!({ "queue": self.queue.arn, "messages": handles.len() }));
        self.chores.spawn(async move {
            match call.send().await {
                Ok(answer) => record(answer.failed().len(), Ok(answer.request_id())),
                Err(error) => record(0, Err(call_error("sqs", "DeleteMessageBatch", error))),
            }
        });
    }

    /// Lets foreign messages go (0 s), or keeps them out of the way for some seconds.
    fn put_aside(&mut self, messages: &[(String, i32)]) {
        let entry = |(id, (handle, seconds)): (usize, &(String, i32))| {
            let entry = ChangeMessageVisibilityBatchRequestEntry::builder().id(id.to_string()).receipt_handle(handle);
            entry.visibility_timeout(*seconds).build()
        };
        let Ok(entries) = messages.iter().enumerate().map(entry).collect::<Result<Vec<_>, _>>() else { return };
        let call = self.sqs.change_message_visibility_batch().queue_url(&self.queue.url).set_entries(Some(entries));
        let record = self.record("ChangeMessageVisibilityBatch", json!({ "queue": self.queue.arn, "messages": messages.len() }));
        self.chores.spawn(async move {
            match call.send().await {
                Ok(answer) => record(answer.failed().len(), Ok(answer.request_id())),
                Err(error) => record(0, Err(call_error("sqs", "ChangeMessageVisibilityBatch", error))),
            }
        });
    }

    fn record(&self, operation: &'static str, input: Value) -> impl FnOnce(usize, Result<Option<&str>, CallError>) + Send + use<> {
        let (recorder, at) = (Arc::clone(&self.recorder), self.clock.now());
        move |refused, result| {
            recorder.record(match result {
                Ok(request_id) => {
                    let record = CallRecord::done(at, ("sqs", operation), input, request_id);
                    CallRecord { error: (refused > 0).then(|| format!("{refused} messages were refused")), ..record }
                }
                Err(error) => CallRecord::failed(at, input, &error),
            });
        }
    }

    /// Takes note that the loop goes round.
    pub(crate) fn look(&mut self) {
        let slipped = self.slip.look(&self.clock);
        self.health.look(self.clock.now(), slipped);
        while self.chores.try_join_next().is_some() {}
    }

    /// The URL of the queue.
    pub(crate) fn queue_url(&self) -> String {
        self.queue.url.clone()
    }

    /// The poller's part as it is kept.
    pub(crate) fn report(&self) -> PollerReport {
        let pending_since = self.undecided.iter().map(|message| message.received.at).min();
        PollerReport { foreign: self.foreign.count(), ..self.health.report(self.clock.now(), pending_since) }
    }

    /// Commits how the poller is.
    async fn commit_health(&self) -> Result<(), LedgerError> {
        self.ledger.listening(self.run, self.report()).await
    }

    /// Tells other programs how far the queue was read, and that nothing is held where no receive is open.
    pub(crate) async fn beat(&mut self) -> Result<(), LedgerError> {
        if self.health.rest() || self.health.outstanding() > 0 {
            self.commit_health().await?;
        }
        Ok(())
    }

    /// Whether no receive is open.
    pub(crate) fn is_quiet(&self) -> bool {
        self.receives.is_empty()
    }

    /// Lets everything go that is held and finishes what is begun, for at most `limit`.
    pub(crate) async fn finish(&mut self, limit: Duration) {
        let held: Vec<(String, i32)> = self
            .undecided
            .drain(..)
            .map(|message| message.handle)
            .chain(self.foreign.aside(self.clock.now()))
            .map(|handle| (handle, 0))
            .collect();
        held.chunks(BATCH).for_each(|handles| self.put_aside(handles));
        let chores = std::mem::take(&mut self.chores);
        if tokio::time::timeout(limit, chores.join_all()).await.is_err() {
            tracing::warn!(queue = self.queue.url, "messages were left to their visibility timeout");
        }
    }
}

fn handled(message: Message, at: Timestamp) -> Option<Handled> {
    let attribute = |name| message.attributes.as_ref().and_then(|attributes| attributes.get(&name));
    let sent_at = attribute(MessageSystemAttributeName::SentTimestamp).and_then(|ms| ms.parse().ok()).map(Timestamp::from_millis);
    let receive_count = attribute(MessageSystemAttributeName::ApproximateReceiveCount).and_then(|count| count.parse().ok()).unwrap_or(1);
    let received = Received { message_id: message.message_id?, body: message.body.unwrap_or_default(), sent_at, at, receive_count };
    Some(Handled { received, handle: message.receipt_handle? })
}
