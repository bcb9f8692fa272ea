//! The queue: receives, deletes, and changes visibility, each as its effect says.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_sqs::Client;
use aws_sdk_sqs::operation::RequestId;
use aws_sdk_sqs::types::{ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatchRequestEntry, Message, MessageSystemAttributeName};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use waybill_aws::{CallError, CallErrorKind, CallRecord, Recorder, call_error, long_poll};
use waybill_domain::Timestamp;
use waybill_proof::{Handled, MOST_MESSAGES, QueueRef, Receive, ReceiveFailure, Received, VISIBILITY_S};

use crate::Parts;
use crate::clock::Clock;
use crate::perform::Outside;

/// A receive that was completed.
pub(crate) struct Completed {
    started: Timestamp,
    wait_ms: i64,
    finished: Timestamp,
    result: Result<Vec<Message>, CallError>,
}

/// One queue, with the requests that are open.
pub(crate) struct Queue {
    sqs: Client,
    queue: QueueRef,
    recorder: Arc<dyn Recorder>,
    clock: Clock,
    receives: JoinSet<Completed>,
    chores: JoinSet<()>,
    /// Operations whose failure was told: a run makes many of them, and one line of each is enough.
    told: Arc<Mutex<BTreeSet<&'static str>>>,
}

impl Queue {
    pub(crate) fn new(parts: &Parts, queue: QueueRef, clock: Clock) -> Self {
        Self {
            sqs: parts.clients.sqs().clone(),
            queue,
            recorder: Arc::clone(&parts.recorder),
            clock,
            receives: JoinSet::new(),
            chores: JoinSet::new(),
            told: Arc::default(),
        }
    }

    /// Starts a receive.
    pub(crate) fn receive(&mut self, started: Timestamp, wait_s: i32) {
        let wait_ms = i64::from(wait_s) * 1000;
        let call = self
            .sqs
            .receive_message()
            .queue_url(&self.queue.url)
            .max_number_of_messages(MOST_MESSAGES)
            .wait_time_seconds(wait_s)
            .visibility_timeout(VISIBILITY_S)
            .message_system_attribute_names(MessageSystemAttributeName::All)
            .customize()
            .config_override(long_poll());
        let clock = self.clock;
        self.receives.spawn(async move {
            let result = call.send().await.map(|answer| answer.messages.unwrap_or_default());
            let result = result.map_err(|error| call_error("sqs", "ReceiveMessage", error));
            Completed { started, wait_ms, finished: clock.now(), result }
        });
    }

    /// The next receives that are completed, or a deletion or change of visibility that is over; waits for ever while none is open.
    pub(crate) async fn next(&mut self) -> Outside {
        tokio::select! {
            Some(first) = self.receives.join_next() => {
                let mut completed = vec![first.expect("a receive is awaited or dropped, and does not panic")];
                completed.extend(self.completed());
                Outside::Completed(completed)
            }
            Some(_) = self.chores.join_next() => Outside::Tidied,
            else => std::future::pending().await,
        }
    }

    /// The receives that are completed by now.
    pub(crate) fn completed(&mut self) -> Vec<Completed> {
        let next = || self.receives.try_join_next().map(|receive| receive.expect("a receive is awaited or dropped, and does not panic"));
        std::iter::from_fn(next).collect()
    }

    /// Deletes messages. One that is not deleted comes back, and is own again.
    pub(crate) fn delete(&mut self, handles: &[String]) {
        let entry =
            |(id, handle): (usize, &String)| DeleteMessageBatchRequestEntry::builder().id(id.to_string()).receipt_handle(handle).build();
        let entries = handles.iter().enumerate().map(entry).collect::<Result<Vec<_>, _>>().expect("ids and handles are set");
        let call = self.sqs.delete_message_batch().queue_url(&self.queue.url).set_entries(Some(entries));
        let record = self.record("DeleteMessageBatch", json!({ "queue": self.queue.arn, "messages": handles.len() }));
        self.chores.spawn(async move {
            match call.send().await {
                Ok(answer) => record(answer.failed().len(), Ok(answer.request_id())),
                Err(error) => record(0, Err(call_error("sqs", "DeleteMessageBatch", error))),
            }
        });
    }

    /// Hides messages for some seconds, or lets them go (0).
    pub(crate) fn put_aside(&mut self, messages: &[(String, i32)]) {
        let entry = |(id, (handle, seconds)): (usize, &(String, i32))| {
            let entry = ChangeMessageVisibilityBatchRequestEntry::builder().id(id.to_string()).receipt_handle(handle);
            entry.visibility_timeout(*seconds).build()
        };
        let entries = messages.iter().enumerate().map(entry).collect::<Result<Vec<_>, _>>().expect("ids and handles are set");
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
        let (recorder, told, at) = (Arc::clone(&self.recorder), Arc::clone(&self.told), self.clock.now());
        move |refused, result| {
            if let Err(error) = &result
                && told.lock().unwrap_or_else(PoisonError::into_inner).insert(operation)
            {
                tracing::warn!(%error, "messages that were read stay in the queue until it may be done");
            }
            recorder.record(match result {
                Ok(request_id) => {
                    let record = CallRecord::done(at, ("sqs", operation), input, request_id);
                    CallRecord { error: (refused > 0).then(|| format!("{refused} messages were refused")), ..record }
                }
                Err(error) => CallRecord::failed(at, input, &error),
            });
        }
    }

    /// Says so where something is not over yet when the queue is left.
    pub(crate) fn abandon(&self) {
        if !self.chores.is_empty() {
            tracing::warn!(queue = self.queue.url, "messages were left to their visibility timeout");
        }
    }
}

/// Reads what a receive brought; the error comes along where the request did not get through at all.
pub(crate) fn read(completed: Completed) -> (Receive, Option<CallError>) {
    let Completed { started, wait_ms, finished, result } = completed;
    match result {
        Ok(messages) => {
            let messages = messages.into_iter().filter_map(|message| handled(message, finished)).collect();
            (Receive { started, wait_ms, finished, result: Ok(messages) }, None)
        }
        Err(error) => {
            let failure = ReceiveFailure {
                why: error.to_string(),
                may_have_taken: error.kind == CallErrorKind::OutcomeUnknown,
                is_gone: error.kind == CallErrorKind::NotFound,
            };
            let lost = matches!(error.kind, CallErrorKind::Unreachable | CallErrorKind::NoCredentials).then_some(error);
            (Receive { started, wait_ms, finished, result: Err(failure) }, lost)
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
