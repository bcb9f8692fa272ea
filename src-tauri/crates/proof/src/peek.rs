//! Looking into somebody else's queue: few short passes, in each of which a message is received once at most. Pure.
//!
//! In a pass, messages of others are held until the queue is found empty, so that none is received a second time, and then all are given
//! back at once. Between passes nothing is received. So the receive count of a message rises by no more than the number of passes.

use waybill_domain::{ReadingPlan, Timestamp};

use crate::pace::Situation;

/// Longest pass before its last receive, which waits a second more (milliseconds): well within the visibility timeout, so that what is
/// held does not come back within the pass.
const PASS_MS: i64 = 4000;

/// How long each receive of a pass waits for a message, in seconds; one that comes back empty ends the pass.
const WAIT_S: i32 = 1;

/// When the passes after publishing begin, each in milliseconds after the end of the one before.
const PAUSES_MS: [i64; 3] = [300, 1500, 5000];

/// How long before a deadline a pass begins at the latest, so that it ends in time (milliseconds).
const BEFORE_DEADLINE_MS: i64 = 4500;

/// The passes of one run.
#[derive(Debug)]
pub(crate) struct Peek {
    left: u32,
    max_receive_count: Option<u32>,
    timeout_ms: i64,
    /// When the pass that goes on began.
    pass: Option<Timestamp>,
    /// When the last one ended; before the first one, when there was something to look for.
    rest_since: Option<Timestamp>,
    /// Passes since publishing was done.
    since_published: usize,
    is_empty: bool,
    held: Vec<String>,
}

impl Peek {
    /// The passes of a plan; none for a queue that is read until it is empty.
    pub(crate) fn of(plan: ReadingPlan, timeout_ms: i64) -> Option<Self> {
        match plan {
            ReadingPlan::Peek { passes, max_receive_count } => Some(Self::new(passes, max_receive_count, timeout_ms)),
            ReadingPlan::Consume | ReadingPlan::Mirror => None,
        }
    }

    /// The one pass of a program that takes a run up.
    pub(crate) fn once(plan: ReadingPlan) -> Option<Self> {
        match plan {
            ReadingPlan::Peek { max_receive_count, .. } => Some(Self::new(1, max_receive_count, 0)),
            ReadingPlan::Consume | ReadingPlan::Mirror => None,
        }
    }

    const fn new(left: u32, max_receive_count: Option<u32>, timeout_ms: i64) -> Self {
        Self { left, max_receive_count, timeout_ms, pass: None, rest_since: None, since_published: 0, is_empty: false, held: Vec::new() }
    }

    /// The wait in seconds of a receive to start now; none while nothing is to be received.
    pub(crate) fn next_receive(&mut self, s: &Situation) -> Option<i32> {
        if s.outstanding > 0 {
            return None;
        }
        if self.pass.is_some_and(|began| self.is_over(began, s)) {
            self.end_pass(s.now);
        }
        if self.pass.is_none() {
            if !self.is_due(s) {
                return None;
            }
            self.begin_pass(s);
        }
        Some(WAIT_S)
    }

    fn is_over(&self, began: Timestamp, s: &Situation) -> bool {
        let nothing_is_missed = s.unread == 0 && !is_past_all(s);
        self.is_empty || nothing_is_missed || s.now.millis_since(began) > PASS_MS
    }

    fn begin_pass(&mut self, s: &Situation) {
        self.left -= 1;
        self.since_published += usize::from(s.last_deadline.is_some());
        self.is_empty = false;
        self.pass = Some(s.now);
    }

    /// Ends the pass that goes on, if one does.
    pub(crate) fn end_pass(&mut self, now: Timestamp) {
        if self.pass.take().is_some() {
            self.rest_since = Some(now);
        }
    }

    fn is_due(&mut self, s: &Situation) -> bool {
        if is_past_all(s) {
            return self.left > 0 && !s.is_swept;
        }
        // The last one is kept for after the last deadline.
        if self.left <= 1 || s.unread == 0 {
            return false;
        }
        let rested_ms = s.now.millis_since(*self.rest_since.get_or_insert(s.now));
        if s.last_deadline.is_none() {
            return rested_ms >= self.timeout_ms / 2;
        }
        let is_late = s.next_deadline.is_some_and(|deadline| deadline.millis_since(s.now) <= BEFORE_DEADLINE_MS);
        match PAUSES_MS.get(self.since_published) {
            // The last but one waits for the deadline, where something may come until then.
            Some(pause_ms) if self.left > 2 || self.since_published == 0 => rested_ms >= *pause_ms,
            _ => is_late && rested_ms >= PAUSES_MS[0],
        }
    }

    /// Takes note that a receive found nothing.
    pub(crate) const fn found_nothing(&mut self) {
        self.is_empty = true;
    }

    /// Holds a message of others until the pass is over. One that its consumer can hardly spare ends the looking altogether.
    pub(crate) fn hold(&mut self, handle: String, receive_count: u32) {
        self.held.push(handle);
        // After the passes that are left, its consumer must be able to receive it once more.
        if self.max_receive_count.is_some_and(|max| receive_count.saturating_add(self.left) >= max) {
            self.left = 0;
        }
    }

    /// What is to be given back now: nothing while a pass goes on.
    pub(crate) fn give_back(&mut self) -> Vec<String> {
        if self.pass.is_some() { Vec::new() } else { std::mem::take(&mut self.held) }
    }
}

fn is_past_all(s: &Situation) -> bool {
    s.last_deadline.is_some_and(|deadline| s.now > deadline)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn situation(now: i64, unread: usize) -> Situation {
        Situation {
            now: at(now),
            outstanding: 0,
            waiting_since: None,
            brought: 0,
            unread,
            may_end_otherwise: false,
            next_deadline: Some(at(30_000)),
            last_deadline: Some(at(30_000)),
            is_swept: false,
        }
    }

    fn peek(passes: u32) -> Peek {
        Peek::of(ReadingPlan::Peek { passes, max_receive_count: None }, 30_000).unwrap()
    }

    /// Looks every 50 ms; each pass receives once and finds nothing. Answers when the passes began.
    fn passes(mut peek: Peek, until: i64) -> Vec<i64> {
        let mut began = Vec::new();
        for now in (0..until).step_by(50) {
            let is_on = peek.pass.is_some();
            if peek.next_receive(&situation(now, 9)).is_some() {
                assert!(!is_on, "an empty receive ends the pass");
                began.push(now);
                peek.found_nothing();
            }
        }
        began
    }

    #[test]
    fn passes_come_soon_then_before_the_deadline_and_once_after_it() {
        assert_eq!(passes(peek(5), 40_000), [300, 1850, 6900, 25_500, 30_050]);
        assert_eq!(passes(peek(2), 40_000), [300, 30_050], "as many as there are, the last one after the deadline");
        assert_eq!(passes(peek(3), 40_000), [300, 25_500, 30_050]);
    }

    #[test]
    fn while_a_pass_goes_on_messages_are_held_and_given_back_when_it_is_over() {
        let mut peek = peek(5);
        peek.next_receive(&situation(0, 9));
        assert_eq!(peek.next_receive(&situation(300, 9)), Some(1));
        peek.hold("a".into(), 1);
        assert!(peek.give_back().is_empty());
        assert_eq!(peek.next_receive(&situation(400, 9)), Some(1), "it goes on until the queue is found empty");
        peek.hold("b".into(), 1);
        assert_eq!(peek.next_receive(&situation(450, 0)), None, "or until everything was read");
        assert_eq!(peek.give_back(), ["a", "b"]);
        assert!(peek.give_back().is_empty());
    }

    #[test]
    fn a_pass_in_a_deep_queue_ends_before_what_is_held_comes_back() {
        let mut peek = peek(5);
        peek.next_receive(&situation(0, 9));
        let receives = (300..10_000).step_by(10).filter(|now| peek.next_receive(&situation(*now, 9)).is_some()).collect::<Vec<i64>>();
        assert!(receives.contains(&4300) && !receives.contains(&4310), "a pass takes four seconds at most");
    }

    #[test]
    fn a_message_that_its_consumer_can_hardly_spare_ends_the_looking() {
        for (receive_count, goes_on) in [(1, true), (5, true), (6, false), (9, false)] {
            let mut peek = Peek::of(ReadingPlan::Peek { passes: 5, max_receive_count: Some(10) }, 30_000).unwrap();
            peek.next_receive(&situation(0, 9));
            assert_eq!(peek.next_receive(&situation(300, 9)), Some(1));
            peek.hold("a".into(), receive_count);
            peek.found_nothing();
            assert_eq!(peek.next_receive(&situation(400, 9)), None);
            assert_eq!(peek.next_receive(&situation(5000, 9)).is_some(), goes_on, "received {receive_count} times of 10, four passes left");
        }
    }

    #[test]
    fn taking_a_run_up_costs_one_pass() {
        let mut peek = Peek::once(ReadingPlan::Peek { passes: 5, max_receive_count: None }).unwrap();
        assert_eq!(peek.next_receive(&situation(31_000, 0)), Some(1));
        peek.found_nothing();
        assert_eq!(peek.next_receive(&situation(31_100, 0)), None);
        assert!(Peek::once(ReadingPlan::Mirror).is_none(), "a probe queue is read until it is empty");
    }
}
