//! When to receive, and for how long to wait. Pure.
//!
//! A long receive is never broken off: SQS may just have handed it messages, which then stay hidden from everybody. So a long receive is
//! open only while nothing else is, and ends by the next deadline; more receives at once, without waiting, come only while there is
//! plenty to read. A run whose last event was read has therefore nothing open and ends at once.

use waybill_domain::Timestamp;

/// Most receives at once.
const MOST: usize = 4;

/// Most messages that one receive brings (SQS `MaxNumberOfMessages`).
pub const MOST_MESSAGES: i32 = 10;

/// The same as a count.
pub(crate) const FULL: usize = MOST_MESSAGES as usize;

/// Longest wait of a receive in seconds. SQS would take 20; but a receive whose program ends may go on taking messages until its wait
/// is over, and the shorter that is, the sooner others can trust what they do not see.
const LONGEST_S: i64 = 5;

/// What the next receive depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Situation {
    pub(crate) now: Timestamp,
    /// Receives that are open, and the start of the latest that waits.
    pub(crate) outstanding: usize,
    pub(crate) waiting_since: Option<Timestamp>,
    /// Messages that the last receive brought.
    pub(crate) brought: usize,
    /// Events that must arrive and were not read yet.
    pub(crate) unread: usize,
    /// Whether the run may end without anything being read: requests are not answered yet, or somebody else reads the queue, too.
    pub(crate) may_end_otherwise: bool,
    /// The next deadline of an event that was not read.
    pub(crate) next_deadline: Option<Timestamp>,
    /// The last one, when nothing is left to be published.
    pub(crate) last_deadline: Option<Timestamp>,
    /// Whether the queue was found empty after the last deadline.
    pub(crate) is_swept: bool,
}

/// The wait in seconds of a receive to start now; none when enough are open.
pub(crate) fn next_receive(s: &Situation) -> Option<i32> {
    if let Some(deadline) = s.last_deadline.filter(|deadline| s.now >= *deadline) {
        let sweeps = s.waiting_since.is_some_and(|since| since >= deadline);
        return (!s.is_swept && !sweeps).then_some(1);
    }
    if s.brought == FULL && s.unread > FULL {
        let wanted = MOST.min(s.unread.div_ceil(FULL));
        return (s.waiting_since.is_none() && s.outstanding < wanted).then_some(0);
    }
    (s.outstanding == 0).then(|| long_wait(s))
}

fn long_wait(s: &Situation) -> i32 {
    let longest = if s.may_end_otherwise { 1 } else { LONGEST_S };
    let until = s.next_deadline.map_or(longest, |deadline| deadline.millis_since(s.now) / 1000);
    i32::try_from(until.clamp(1, longest)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn idle() -> Situation {
        Situation {
            now: at(0),
            outstanding: 0,
            waiting_since: None,
            brought: 0,
            unread: 9,
            may_end_otherwise: false,
            next_deadline: Some(at(30_000)),
            last_deadline: Some(at(30_000)),
            is_swept: false,
        }
    }

    #[test]
    fn one_long_receive_waits_alone_and_ends_by_the_deadline() {
        assert_eq!(next_receive(&idle()), Some(5));
        assert_eq!(next_receive(&Situation { now: at(26_500), ..idle() }), Some(3));
        assert_eq!(next_receive(&Situation { now: at(29_999), ..idle() }), Some(1));
        assert_eq!(next_receive(&Situation { may_end_otherwise: true, ..idle() }), Some(1));
        assert_eq!(next_receive(&Situation { outstanding: 1, waiting_since: Some(at(0)), ..idle() }), None);
    }

    #[test]
    fn many_receives_run_at_once_only_while_there_is_plenty_to_read() {
        let busy = Situation { brought: FULL, unread: 25, ..idle() };
        assert_eq!(next_receive(&busy), Some(0));
        assert_eq!(next_receive(&Situation { outstanding: 3, ..busy }), None, "three bring all 25");
        assert_eq!(next_receive(&Situation { outstanding: 1, waiting_since: Some(at(0)), ..busy }), None, "a long one is open");
        assert_eq!(next_receive(&Situation { unread: 10, ..busy }), Some(5), "the last ones come with one receive");
    }

    #[test]
    fn after_the_last_deadline_the_queue_is_read_until_it_is_found_empty() {
        let due = Situation { now: at(30_001), ..idle() };
        assert_eq!(next_receive(&due), Some(1));
        assert_eq!(next_receive(&Situation { outstanding: 1, waiting_since: Some(at(29_500)), ..due }), Some(1), "beside an older one");
        assert_eq!(next_receive(&Situation { outstanding: 1, waiting_since: Some(at(30_001)), ..due }), None);
        assert_eq!(next_receive(&Situation { is_swept: true, ..due }), None);
        assert_eq!(next_receive(&Situation { now: at(30_000), ..due }), Some(1), "at the deadline itself no long one is begun");
    }
}
