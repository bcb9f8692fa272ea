//! Messages coming in.

use super::backlog::Stored;
use super::deduplication::First;
use super::digest;
use super::error::SqsError;
use super::message::{Draft, Message, Receives};
use super::moment::Moment;
use super::queue::Queue;
use super::rows;

/// Longest delay of a message, in seconds.
const MAX_DELAY_S: i64 = 900;

/// What the sender is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sent {
    /// `MessageId`; of the earlier message where this one was its duplicate.
    pub(crate) message_id: String,
    /// `SequenceNumber`, on FIFO queues.
    pub(crate) sequence: Option<u64>,
}

impl Queue {
    /// Checks whether the queue takes this message.
    ///
    /// # Errors
    /// What is missing or wrong, in AWS's words.
    pub(crate) fn check(&self, draft: &Draft) -> Result<(), SqsError> {
        let limit = self.settings.max_bytes;
        if i64::try_from(draft.size()).unwrap_or(i64::MAX) > limit {
            let sentence = format!("One or more parameters are invalid. Reason: Message must be shorter than {limit} bytes.");
            return Err(SqsError::InvalidParameter(sentence));
        }
        if let Some(delay_s) = draft.delay_s.filter(|delay_s| !(0..=MAX_DELAY_S).contains(delay_s)) {
            return Err(refused("DelaySeconds", &delay_s.to_string(), "DelaySeconds must be >= 0 and <= 900."));
        }
        if self.settings.fifo.is_some() { self.check_fifo(draft) } else { check_standard(draft) }
    }

    fn check_fifo(&self, draft: &Draft) -> Result<(), SqsError> {
        if draft.group.is_none() {
            return Err(SqsError::MissingParameter("MessageGroupId"));
        }
        if let Some(delay_s) = draft.delay_s.filter(|&delay_s| delay_s != 0) {
            return Err(wrong_for_type("DelaySeconds", &delay_s.to_string()));
        }
        if self.deduplication_id(draft).is_none() {
            return Err(SqsError::InvalidParameter(NO_DEDUPLICATION.to_owned()));
        }
        Ok(())
    }

    fn deduplication_id(&self, draft: &Draft) -> Option<String> {
        let content_based = self.settings.fifo.is_some_and(|fifo| fifo.content_based);
        draft.deduplication.clone().or_else(|| content_based.then(|| digest::deduplication_id(&draft.body)))
    }

    /// Takes a message, unless it is the duplicate of an earlier one.
    ///
    /// # Errors
    /// As [`Queue::check`].
    pub(crate) fn send(&mut self, draft: Draft, moment: &mut Moment<'_>) -> Result<Sent, SqsError> {
        self.let_time_pass(moment.now_ms, moment.journal);
        self.check(&draft)?;
        let Some(fifo) = self.settings.fifo else {
            let message = self.message_of(draft, None, moment);
            let message_id = message.id.clone();
            self.put_in(message, moment);
            return Ok(Sent { message_id, sequence: None });
        };
        let id = self.deduplication_id(&draft);
        let scope = draft.group.as_deref().filter(|_| fifo.deduplicates_per_group).unwrap_or_default();
        let remembered = format!("{scope}/{}", id.as_deref().unwrap_or_default());
        if let Some(earlier) = self.deduplication.earlier(&remembered) {
            return Ok(Sent { message_id: earlier.message_id.clone(), sequence: Some(earlier.sequence) });
        }
        let message = self.message_of(draft, id, moment);
        let first = First { message_id: message.id.clone(), sequence: message.sequence, sent_ms: message.sent_ms };
        moment.journal.put(rows::DEDUPLICATION, rows::deduplication_key(&self.arn, &remembered), &first);
        let sent = Sent { message_id: first.message_id.clone(), sequence: Some(first.sequence) };
        self.deduplication.remember(remembered, first);
        self.put_in(message, moment);
        Ok(sent)
    }

    fn message_of(&mut self, draft: Draft, deduplication: Option<String>, moment: &mut Moment<'_>) -> Message {
        let delay_s = draft.delay_s.filter(|_| self.settings.fifo.is_none()).unwrap_or(self.settings.delay_s);
        Message {
            id: (moment.ids)(),
            sequence: self.next_sequence(moment.now_ms),
            body: draft.body.into(),
            attributes: draft.attributes,
            trace_header: draft.trace_header,
            group: draft.group,
            deduplication,
            dead_letter_source: None,
            sender: draft.sender,
            sent_ms: moment.now_ms,
            available_ms: moment.now_ms + delay_s * 1000,
            before: None,
        }
    }

    /// Takes a message that was received too often in the queue `source`.
    ///
    /// It keeps its id and its receive count; on a standard queue also the time it was sent, so that its
    /// retention goes on (SQS developer guide, dead-letter queues).
    pub(crate) fn take_dead_letter(&mut self, dead: Stored, source: &str, moment: &mut Moment<'_>) {
        self.let_time_pass(moment.now_ms, moment.journal);
        let Stored { message, receives, .. } = dead;
        let sent_ms = if self.settings.fifo.is_some() { moment.now_ms } else { message.sent_ms };
        let message = Message {
            sequence: self.next_sequence(moment.now_ms),
            dead_letter_source: Some(source.to_owned()),
            sent_ms,
            available_ms: 0,
            before: Some(Box::new(Receives { latest: String::new(), hidden_until_ms: 0, ..receives })),
            ..message
        };
        self.put_in(message, moment);
    }
}

const NO_DEDUPLICATION: &str =
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly";

fn check_standard(draft: &Draft) -> Result<(), SqsError> {
    match &draft.deduplication {
        Some(id) => Err(wrong_for_type("MessageDeduplicationId", id)),
        None => Ok(()),
    }
}

/// A parameter that the other type of queue takes.
pub(super) fn wrong_for_type(parameter: &str, value: &str) -> SqsError {
    refused(parameter, value, "The request include parameter that is not valid for this queue type.")
}

fn refused(parameter: &str, value: &str, reason: &str) -> SqsError {
    SqsError::InvalidParameter(format!("Value {value} for parameter {parameter} is invalid. Reason: {reason}"))
}
