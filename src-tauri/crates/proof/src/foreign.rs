//! Somebody else's messages: seen, let go again, and kept out of the way only when they come back.

use std::collections::HashMap;

use waybill_domain::Timestamp;

/// For how many seconds a foreign message is put aside when it is seen the first, second, third … time: at first not at all, so that
/// its real consumer gets it; later longer, so that a queue full of them does not keep us from our own.
const ASIDE_S: [i32; 4] = [0, 2, 10, 30];

/// A queue that is about to be found empty is kept empty of them until then, where that is at most this far away (milliseconds).
const NEAR_MS: i64 = 10_000;

#[derive(Debug, Default)]
pub(crate) struct Foreign {
    messages: HashMap<String, Aside>,
}

#[derive(Debug)]
struct Aside {
    times: usize,
    handle: String,
    until: Timestamp,
}

impl Foreign {
    /// Takes note of a foreign message; answers for how many seconds to put it aside. By `end` the queue is to be found empty.
    pub(crate) fn saw(&mut self, (message_id, handle): (String, String), now: Timestamp, end: Option<Timestamp>) -> i32 {
        let times = self.messages.get(&message_id).map_or(0, |aside| aside.times);
        let left_ms = end.map(|end| end.millis_since(now)).filter(|left_ms| times > 0 && (1..=NEAR_MS).contains(left_ms));
        let left = i32::try_from(left_ms.unwrap_or(0).unsigned_abs().div_ceil(1000)).unwrap_or(0);
        let seconds = ASIDE_S[times.min(ASIDE_S.len() - 1)].max(left);
        let until = now.plus_millis(i64::from(seconds) * 1000);
        self.messages.insert(message_id, Aside { times: times + 1, handle, until });
        seconds
    }

    /// Takes note of a foreign message that is held elsewhere.
    pub(crate) fn note(&mut self, message_id: String, handle: String, now: Timestamp) {
        self.messages.insert(message_id, Aside { times: 1, handle, until: now });
    }

    /// Distinct foreign messages seen.
    pub(crate) fn count(&self) -> u64 {
        self.messages.len() as u64
    }

    /// The receipt handles of the messages that are put aside still; they count as let go from now on.
    pub(crate) fn let_go(&mut self, now: Timestamp) -> Vec<String> {
        let held = self.messages.values_mut().filter(|aside| aside.until > now);
        let mut handles: Vec<String> = held
            .map(|aside| {
                aside.until = now;
                aside.handle.clone()
            })
            .collect();
        handles.sort_unstable();
        handles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_message_is_let_go_at_once_and_put_aside_only_when_it_comes_back() {
        let mut foreign = Foreign::default();
        let now = Timestamp::from_millis(0);
        let aside: Vec<i32> = (0..5).map(|time| foreign.saw(("m".into(), format!("handle {time}")), now, None)).collect();
        assert_eq!(aside, [0, 2, 10, 30, 30]);
        assert_eq!(foreign.saw(("n".into(), "other".into()), now, None), 0);
        assert_eq!(foreign.count(), 2);
        assert!(foreign.let_go(now.plus_millis(30_000)).is_empty(), "it has come back by itself");
        assert_eq!(foreign.let_go(now), ["handle 4"], "the last handle is the one that counts");
        assert!(foreign.let_go(now).is_empty(), "it was let go already");
    }

    #[test]
    fn shortly_before_the_queue_is_to_be_found_empty_it_is_kept_so() {
        let now = Timestamp::from_millis(0);
        for (end, expected) in [(None, 2), (Some(3700), 4), (Some(10_001), 2), (Some(-1), 2), (Some(500), 2)] {
            let mut foreign = Foreign::default();
            let end = end.map(Timestamp::from_millis);
            let mut saw = || foreign.saw(("m".into(), "h".into()), now, end);
            assert_eq!((saw(), saw()), (0, expected), "its consumer comes first, then our reading: {end:?}");
        }
    }
}
