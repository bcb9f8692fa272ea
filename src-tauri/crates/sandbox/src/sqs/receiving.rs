//! Messages going out: receive, delete, change of visibility.

use super::backlog::Stored;
use super::error::SqsError;
use super::message::Receives;
use super::moment::Moment;
use super::queue::{Held, Queue};
use super::shelf::Place;

/// Most messages in flight (SQS quotas); above, standard queues refuse and FIFO queues stay silent.
const MAX_IN_FLIGHT: usize = 120_000;

/// Longest time that a message may be hidden after a receive, in seconds.
const MAX_VISIBILITY_S: i64 = 43_200;

/// What a receiver asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ask<'a> {
    /// At most this many messages.
    pub(crate) max: usize,
    /// How long they are hidden from others, in seconds; `None` takes the queue's.
    pub(crate) visibility_s: Option<i64>,
    /// `ReceiveRequestAttemptId`: the same again gives the same messages again (FIFO).
    pub(crate) attempt: Option<&'a str>,
}

/// What a receive took.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// Messages for the receiver, by sequence number.
    pub(crate) received: Vec<u64>,
    /// Messages that were received too often; they have left the queue.
    pub(crate) dead: Vec<Stored>,
}

impl Queue {
    /// Takes what can be received now.
    ///
    /// `max_receives` is the redrive policy's, where its dead-letter queue is there.
    ///
    /// # Errors
    /// `OverLimit` on a standard queue with 120,000 messages in flight.
    pub(crate) fn receive(&mut self, ask: Ask<'_>, max_receives: Option<u32>, moment: &mut Moment<'_>) -> Result<Taken, SqsError> {
        self.let_time_pass(moment.now_ms, moment.journal);
        if let Some(received) = ask.attempt.and_then(|id| self.repeat(id, ask.visibility_s, moment)) {
            return Ok(Taken { received, dead: Vec::new() });
        }
        let free = MAX_IN_FLIGHT - self.backlog.counts().in_flight.min(MAX_IN_FLIGHT);
        if free == 0 && self.settings.fifo.is_none() {
            return Err(SqsError::OverLimit(MAX_IN_FLIGHT));
        }
        let due_ms = self.next_due_ms();
        let mut dead = Vec::new();
        let received = loop {
            let picked = self.backlog.pick(ask.max.min(free));
            let (spent, fresh): (Vec<_>, Vec<_>) = picked.into_iter().partition(|&one| self.is_spent(one, max_receives));
            if spent.is_empty() {
                break fresh;
            }
            dead.extend(spent.into_iter().filter_map(|sequence| self.discard(sequence, moment.journal)));
        };
        for &sequence in &received {
            self.hand_out(sequence, ask.visibility_s, moment);
        }
        if !received.is_empty() || !dead.is_empty() {
            self.ring(due_ms, moment.now_ms);
        }
        if let Some(id) = ask.attempt.filter(|_| !received.is_empty()) {
            let took = received.iter().filter_map(|&sequence| Some((sequence, self.backlog.get(sequence)?.receives.latest.clone())));
            let took = took.collect();
            self.attempts.note(id, took, moment.now_ms);
        }
        Ok(Taken { received, dead })
    }

    /// The messages of an earlier attempt, hidden anew, as long as all of them are still as it left them.
    fn repeat(&mut self, id: &str, visibility_s: Option<i64>, moment: &mut Moment<'_>) -> Option<Vec<u64>> {
        let took = self.attempts.earlier(id, moment.now_ms)?.clone();
        let until_ms = moment.now_ms + visibility_s.unwrap_or(self.settings.visibility_s) * 1000;
        let hidden: Vec<(u64, Receives)> = took
            .into_iter()
            .map(|(sequence, receive)| {
                let stored = self.backlog.get(sequence)?;
                let untouched = stored.place == Place::InFlight && stored.receives.latest == receive;
                untouched.then(|| (sequence, Receives { hidden_until_ms: until_ms, ..stored.receives.clone() }))
            })
            .collect::<Option<_>>()?;
        let sequences = hidden.iter().map(|(sequence, _)| *sequence).collect();
        for (sequence, receives) in hidden {
            self.record(sequence, receives, moment);
        }
        Some(sequences)
    }

    fn is_spent(&self, sequence: u64, max_receives: Option<u32>) -> bool {
        let here = self
            .backlog
            .get(sequence)
            .map(|stored| stored.receives.count - stored.message.before.as_ref().map_or(0, |before| before.count));
        matches!((here, max_receives), (Some(here), Some(max)) if here >= max)
    }

    fn hand_out(&mut self, sequence: u64, visibility_s: Option<i64>, moment: &mut Moment<'_>) {
        let Some(stored) = self.backlog.get(sequence) else { return };
        let before = &stored.receives;
        let hidden_s = visibility_s.unwrap_or(self.settings.visibility_s);
        let receives = Receives {
            count: before.count + 1,
            first_ms: if before.first_ms == 0 { moment.now_ms } else { before.first_ms },
            last_ms: moment.now_ms,
            latest: (moment.ids)(),
            hidden_until_ms: moment.now_ms + hidden_s * 1000,
        };
        self.record(sequence, receives, moment);
    }

    /// Deletes a message by the handle of its latest receive.
    ///
    /// An older handle, or one of a message that is gone, answers success and deletes nothing; on a FIFO
    /// queue a handle whose visibility timeout is over is refused.
    ///
    /// # Errors
    /// When the handle is not this queue's, or is over (FIFO).
    pub(crate) fn delete(&mut self, handle: &str, moment: &mut Moment<'_>) -> Result<(), SqsError> {
        self.let_time_pass(moment.now_ms, moment.journal);
        let fifo = self.settings.fifo.is_some();
        let sequence = match self.held(handle)? {
            Held::Latest(stored) if !fifo || stored.place == Place::InFlight => stored.message.sequence,
            Held::Latest(_) | Held::Older if fifo => return Err(SqsError::HandleExpired(handle.to_owned())),
            _ => return Ok(()),
        };
        let due_ms = self.next_due_ms();
        self.discard(sequence, moment.journal);
        self.ring(due_ms, moment.now_ms);
        Ok(())
    }

    /// Hides a received message for another time, from now; 0 gives it back.
    ///
    /// # Errors
    /// When the timeout is out of range, or the handle is not the latest of a message that is there.
    pub(crate) fn change_visibility(&mut self, handle: &str, visibility_s: i64, moment: &mut Moment<'_>) -> Result<(), SqsError> {
        self.let_time_pass(moment.now_ms, moment.journal);
        check_visibility(visibility_s)?;
        let fifo = self.settings.fifo.is_some();
        let stored = match self.held(handle)? {
            Held::Latest(stored) if !fifo || stored.place == Place::InFlight => stored,
            _ => return Err(SqsError::NotAvailable(handle.to_owned())),
        };
        let until_ms = moment.now_ms + visibility_s * 1000;
        if until_ms > stored.receives.last_ms + MAX_VISIBILITY_S * 1000 {
            let sentence = format!(
                "Value {visibility_s} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [{MAX_VISIBILITY_S} seconds]"
            );
            return Err(SqsError::InvalidParameter(sentence));
        }
        let (sequence, receives) = (stored.message.sequence, Receives { hidden_until_ms: until_ms, ..stored.receives.clone() });
        let due_ms = self.next_due_ms();
        self.record(sequence, receives, moment);
        self.ring(due_ms, moment.now_ms);
        Ok(())
    }
}

/// Checks a visibility timeout of a request.
///
/// # Errors
/// Outside 0 to 43,200 seconds.
pub(crate) fn check_visibility(visibility_s: i64) -> Result<(), SqsError> {
    if (0..=MAX_VISIBILITY_S).contains(&visibility_s) {
        return Ok(());
    }
    Err(SqsError::InvalidParameter(format!(
        "Value {visibility_s} for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= {MAX_VISIBILITY_S}, if provided."
    )))
}
