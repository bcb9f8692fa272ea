//! Somebody else's messages: seen, let go again, and kept out of the way only when they come back.

use std::collections::HashMap;

use waybill_domain::Timestamp;

/// For how many seconds a foreign message is put aside when it is seen the first, second, third … time: at first not at all, so that
/// its real consumer gets it; later longer, so that a queue full of them does not keep us from our own.
const ASIDE_S: [i32; 4] = [0, 2, 10, 30];

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
    /// Takes note of a foreign message; answers for how many seconds to put it aside.
    pub(crate) fn saw(&mut self, message_id: String, handle: String, now: Timestamp) -> i32 {
        let times = self.messages.get(&message_id).map_or(0, |aside| aside.times);
        let seconds = ASIDE_S[times.min(ASIDE_S.len() - 1)];
        let until = now.plus_millis(i64::from(seconds) * 1000);
        self.messages.insert(message_id, Aside { times: times + 1, handle, until });
        seconds
    }

    /// Distinct foreign messages seen.
    pub(crate) fn count(&self) -> u64 {
        self.messages.len() as u64
    }

    /// The receipt handles of the messages that are put aside still.
    pub(crate) fn aside(&self, now: Timestamp) -> Vec<String> {
        self.messages.values().filter(|aside| aside.until > now).map(|aside| aside.handle.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_message_is_let_go_at_once_and_put_aside_only_when_it_comes_back() {
        let mut foreign = Foreign::default();
        let now = Timestamp::from_millis(0);
        let aside: Vec<i32> = (0..5).map(|time| foreign.saw("m".into(), format!("handle {time}"), now)).collect();
        assert_eq!(aside, [0, 2, 10, 30, 30]);
        assert_eq!(foreign.saw("n".into(), "other".into(), now), 0);
        assert_eq!((foreign.count(), foreign.aside(now)), (2, vec!["handle 4".to_owned()]), "the last handle is the one that counts");
        assert!(foreign.aside(now.plus_millis(30_000)).is_empty(), "it has come back by itself");
    }
}
