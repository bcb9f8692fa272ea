//! What arrived, over all receivers.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What arrived so far.
#[derive(Debug)]
pub(crate) struct Tally(Mutex<Arrived>);

#[derive(Debug, Default)]
pub(crate) struct Arrived {
    seen: Vec<bool>,
    /// Of each event, from the request to publish until it was received.
    pub(crate) latencies: Vec<Duration>,
    /// Events that came again.
    pub(crate) again: u32,
    /// When the last one came, from the begin.
    last: Duration,
    /// When the last one was deleted, from the begin.
    pub(crate) deleted: Duration,
}

impl Tally {
    /// Nothing yet, of so many.
    pub(crate) fn of(events: u32) -> Self {
        let seen = vec![false; usize::try_from(events).unwrap_or(usize::MAX)];
        Self(Mutex::new(Arrived { seen, ..Arrived::default() }))
    }

    fn open(&self) -> MutexGuard<'_, Arrived> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes an event that was sent at `sent` and came at `now`.
    pub(crate) fn take(&self, number: u64, (sent, now): (Duration, Duration)) {
        let mut arrived = self.open();
        arrived.last = now;
        match usize::try_from(number).ok().and_then(|number| arrived.seen.get_mut(number)) {
            Some(seen) if !*seen => {
                *seen = true;
                arrived.latencies.push(now.saturating_sub(sent));
            }
            _ => arrived.again += 1,
        }
    }

    /// Some of them are deleted.
    pub(crate) fn delete(&self, now: Duration) {
        self.open().deleted = now;
    }

    /// Whether everything came, or nothing for so long that the rest is given up.
    pub(crate) fn is_over(&self, now: Duration, patience: Duration) -> bool {
        let arrived = self.open();
        arrived.latencies.len() == arrived.seen.len() || now > arrived.last + patience
    }

    /// Publishing goes on: what is missing is not given up yet.
    pub(crate) fn wait_from(&self, now: Duration) {
        let mut arrived = self.open();
        arrived.last = arrived.last.max(now);
    }

    /// Everything; what comes later is not counted.
    pub(crate) fn close(&self) -> Arrived {
        std::mem::take(&mut self.open())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn each_event_counts_once_and_the_rest_is_given_up() {
        let tally = Tally::of(3);
        tally.take(0, (ms(1), ms(5)));
        tally.take(0, (ms(1), ms(9)));
        tally.take(7, (ms(1), ms(9)));
        assert!(!tally.is_over(ms(1_009), ms(1_000)), "two may still come");
        assert!(tally.is_over(ms(1_010), ms(1_000)), "nothing came for too long");
        tally.wait_from(ms(1_010));
        assert!(!tally.is_over(ms(2_010), ms(1_000)), "not while events are still sent");
        tally.take(1, (ms(2), ms(10)));
        tally.take(2, (ms(20), ms(10)));
        assert!(tally.is_over(ms(10), ms(1_000)), "everything came");
        let arrived = tally.close();
        assert_eq!((arrived.latencies, arrived.again), (vec![ms(4), ms(8), ms(0)], 2));
    }
}
