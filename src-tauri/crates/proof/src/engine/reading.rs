//! Reading the queue: receives as [`pace`](crate::pace) wants them, own messages deleted only after they are committed, foreign ones
//! let go.

use waybill_domain::{ReadingPlan, RunId, Timestamp};

use super::machine::{Effect, Handled, Receive};
use super::run::LONGEST_SWEEP_MS;
use crate::foreign::Foreign;
use crate::health::{Completed, Health, open_until};
use crate::pace::{self, Situation};
use crate::peek::Peek;
use crate::{Ownership, PollerReport};

/// Most messages of one batch request (SQS API, DeleteMessageBatch and ChangeMessageVisibilityBatch).
const BATCH: usize = 10;

/// How much longer than needed it is said that a receive may be open, so that it need not be said anew for each one (milliseconds).
const SPARE_MS: i64 = 5000;

/// How long after the last deadline the last receives take at most (milliseconds).
const END_MS: i64 = LONGEST_SWEEP_MS + 1000;

/// How long after its wait the answer of a receive may still be on its way (milliseconds).
const ANSWER_MS: i64 = 700;

/// The wait after a failed receive, doubled up to the longest (milliseconds).
const FIRST_WAIT_MS: i64 = 200;
const LONGEST_WAIT_MS: i64 = 2000;

/// What the pace depends on beside the reading itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) unread: usize,
    pub(super) may_end_otherwise: bool,
    pub(super) next_deadline: Option<Timestamp>,
    pub(super) last_deadline: Option<Timestamp>,
}

/// The reading of one queue on behalf of a run.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) health: Health,
    undecided: Vec<Handled>,
    keeping: Keeping,
    foreign: Foreign,
    /// None where the queue is read until it is empty.
    peek: Option<Peek>,
    /// By when the queue is to be found empty.
    end: Option<Timestamp>,
    brought: usize,
    /// When something was brought last.
    brought_at: Option<Timestamp>,
    /// Whether the queue answered at all: with messages, with none, or that it is gone.
    was_answered: bool,
    failures: u32,
    retry_at: Option<Timestamp>,
    chores: usize,
}

/// Messages that are being committed, and the receives that are complete once they are.
#[derive(Debug, Default)]
struct Keeping {
    messages: Vec<Handled>,
    receives: Vec<Completed>,
}

impl Reading {
    /// The reading of a run that begins.
    pub(super) fn of(plan: ReadingPlan, timeout_ms: i64) -> Self {
        Self { peek: Peek::of(plan, timeout_ms), ..Self::default() }
    }

    /// Goes on where the reading of an interrupted run left off.
    pub(super) fn resumed(report: &PollerReport, plan: ReadingPlan) -> Self {
        Self { health: Health::resumed(report), peek: Peek::once(plan), ..Self::default() }
    }

    /// The next step towards a receive on behalf of `run`: that it may be open is committed before it starts. None where no receive is
    /// wanted now; then what was held for one is given back.
    pub(super) fn receive(&mut self, run: RunId, wanted: Wanted, now: Timestamp) -> Option<Effect> {
        let wait_s = self.next_receive(wanted, now)?;
        let wait_ms = i64::from(wait_s) * 1000;
        if self.health.reserve(open_until(now, wait_ms), SPARE_MS) {
            return Some(self.told(run, now));
        }
        self.health.started(now, wait_ms);
        Some(Effect::Receive { started: now, wait_s })
    }

    fn next_receive(&mut self, wanted: Wanted, now: Timestamp) -> Option<i32> {
        self.end = wanted.last_deadline.map(|deadline| deadline.plus_millis(END_MS));
        if self.retry_at.is_some_and(|at| at > now) {
            return None;
        }
        let situation = self.situation(wanted, now);
        match &mut self.peek {
            Some(peek) => peek.next_receive(&situation),
            None => pace::next_receive(&situation),
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

    /// Takes completed receives in; what they brought is to be kept first.
    pub(super) fn take(&mut self, receives: Vec<Receive>) -> Option<Effect> {
        for receive in receives {
            self.take_one(receive);
        }
        self.keep()
    }

    fn take_one(&mut self, receive: Receive) {
        let Receive { started, wait_ms, finished, result } = receive;
        self.was_answered |= result.as_ref().map_or_else(|failure| failure.is_gone, |_| true);
        let result = match result {
            Ok(messages) => {
                (self.failures, self.retry_at) = (0, None);
                self.brought = messages.len();
                if let Some(peek) = self.peek.as_mut().filter(|_| messages.is_empty()) {
                    peek.found_nothing();
                }
                self.brought_at = if messages.is_empty() { self.brought_at } else { Some(finished) };
                self.take_in(messages);
                Ok(self.brought)
            }
            Err(failure) => {
                let wait_ms_next = (FIRST_WAIT_MS << self.failures.min(8)).min(LONGEST_WAIT_MS);
                self.failures += 1;
                self.brought = 0;
                self.retry_at = Some(finished.plus_millis(wait_ms_next));
                Err(failure)
            }
        };
        self.keeping.receives.push(Completed { started, wait_ms, finished, result });
    }

    /// What is held undecided and comes back was read when it came first; it is let go or deleted by its newest handle.
    fn take_in(&mut self, messages: Vec<Handled>) {
        for message in messages {
            let is_same = |held: &&mut Handled| held.received.message_id == message.received.message_id;
            match self.undecided.iter_mut().find(is_same) {
                Some(held) => held.handle = message.handle,
                None => self.keeping.messages.push(message),
            }
        }
    }

    /// Asks again for the messages that could not be decided.
    pub(super) fn decide(&mut self) -> Option<Effect> {
        self.keeping.messages.append(&mut self.undecided);
        self.keep()
    }

    fn keep(&mut self) -> Option<Effect> {
        if self.keeping.messages.is_empty() {
            self.complete();
            return None;
        }
        Some(Effect::Keep(self.keeping.messages.iter().map(|message| message.received.clone()).collect()))
    }

    /// Only now does an empty receive prove anything: what came before it is committed.
    fn complete(&mut self) {
        let receives = std::mem::take(&mut self.keeping.receives);
        receives.iter().for_each(|receive| self.health.completed(receive));
    }

    /// Deletes what is own and committed now, lets go what is foreign, and holds what cannot be decided yet.
    pub(super) fn kept(&mut self, owners: &[Ownership], now: Timestamp) -> Vec<Effect> {
        let (mut own, mut aside) = (Vec::new(), Vec::new());
        for (message, owner) in std::mem::take(&mut self.keeping.messages).into_iter().zip(owners) {
            match owner {
                Ownership::Own => own.push(message.handle),
                Ownership::Undecided => self.undecided.push(message),
                Ownership::Foreign if self.peek.is_some() => {
                    self.foreign.note(message.received.message_id, message.handle.clone(), now);
                    self.peek.iter_mut().for_each(|peek| peek.hold(message.handle.clone(), message.received.receive_count));
                }
                Ownership::Foreign => {
                    let named = (message.received.message_id, message.handle.clone());
                    let seconds = self.foreign.saw(named, now, self.end);
                    aside.push((message.handle, seconds));
                }
            }
        }
        self.complete();
        let deletes = own.chunks(BATCH).map(|handles| Effect::Delete { handles: handles.to_vec() });
        let effects: Vec<Effect> = deletes.chain(put_aside(&aside)).collect();
        self.chores += effects.len();
        effects
    }

    /// Takes note that a deletion or a change of visibility is over.
    pub(super) const fn tidied(&mut self) {
        self.chores = self.chores.saturating_sub(1);
    }

    /// Gives back what was held in a pass that is over.
    pub(super) fn give_back(&mut self) -> Vec<Effect> {
        let held = self.peek.as_mut().map(Peek::give_back).unwrap_or_default();
        self.released(held)
    }

    /// Ends a pass that goes on, and gives back what was held in it.
    pub(super) fn end_pass(&mut self, now: Timestamp) -> Vec<Effect> {
        self.peek.iter_mut().for_each(|peek| peek.end_pass(now));
        self.give_back()
    }

    fn released(&mut self, handles: Vec<String>) -> Vec<Effect> {
        let messages: Vec<(String, i32)> = handles.into_iter().map(|handle| (handle, 0)).collect();
        let effects: Vec<Effect> = put_aside(&messages).collect();
        self.chores += effects.len();
        effects
    }

    /// Lets everything go that is held.
    pub(super) fn let_go(&mut self, now: Timestamp) -> Vec<Effect> {
        self.peek.iter_mut().for_each(|peek| peek.end_pass(now));
        let peeked = self.peek.as_mut().map(Peek::give_back).unwrap_or_default();
        let undecided = std::mem::take(&mut self.undecided);
        self.health.let_go(undecided.iter().map(|message| message.received.at));
        let undecided = undecided.into_iter().map(|message| message.handle);
        let held: Vec<(String, i32)> = undecided.chain(peeked).chain(self.foreign.let_go(now)).map(|handle| (handle, 0)).collect();
        let effects: Vec<Effect> = put_aside(&held).collect();
        self.chores += effects.len();
        effects
    }

    /// Whether nothing is being deleted or let go.
    pub(super) const fn is_tidy(&self) -> bool {
        self.chores == 0
    }

    /// Whether the queue holds more than the last receive could bring.
    pub(super) const fn is_behind(&self) -> bool {
        self.brought == pace::FULL
    }

    /// Whether a receive is open that began after `deadline` and may still find the queue empty.
    pub(super) fn is_sweeping(&self, deadline: Timestamp, now: Timestamp) -> bool {
        self.health.open_since().any(|(since, wait_ms)| since >= deadline && now.millis_since(since) <= wait_ms + ANSWER_MS)
    }

    /// Whether the queue answered at all: with messages, with none, or that it is gone.
    pub(super) const fn was_answered(&self) -> bool {
        self.was_answered
    }

    /// When something was read last.
    pub(super) const fn brought_at(&self) -> Option<Timestamp> {
        self.brought_at
    }

    /// Whether no receive is open.
    pub(super) fn is_quiet(&self) -> bool {
        self.health.outstanding() == 0
    }

    /// The reading's part of a run, as it is kept.
    pub(super) fn report(&self, now: Timestamp) -> PollerReport {
        let pending_since = self.undecided.iter().map(|message| message.received.at).min();
        PollerReport { foreign: self.foreign.count(), ..self.health.report(now, pending_since) }
    }

    /// The same at the end: nothing more will be received.
    pub(super) fn last_report(&mut self, now: Timestamp) -> PollerReport {
        self.health.stop(now);
        self.report(now)
    }

    /// Commits how the reading of `run` is.
    pub(super) fn told(&self, run: RunId, now: Timestamp) -> Effect {
        Effect::Listening { run, report: self.report(now) }
    }

    /// Tells other programs how far the queue was read, and that nothing is held where no receive is open.
    pub(super) fn beat(&mut self, run: RunId, now: Timestamp) -> Option<Effect> {
        // What is held undecided is out of everybody's sight still, too.
        let rests = self.undecided.is_empty() && self.health.rest(now);
        (rests || self.health.outstanding() > 0 || !self.undecided.is_empty()).then(|| self.told(run, now))
    }
}

fn put_aside(messages: &[(String, i32)]) -> impl Iterator<Item = Effect> + '_ {
    messages.chunks(BATCH).map(|messages| Effect::PutAside { messages: messages.to_vec() })
}
