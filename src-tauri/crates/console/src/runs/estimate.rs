//! How fast a run goes and how long it will still take. Pure.

use std::collections::VecDeque;

use waybill_domain::Timestamp;

/// The rate is that of the last moments, so that a run which slows down says so (milliseconds).
const SPAN_MS: i64 = 5000;

/// Less than this says nothing about a rate (milliseconds).
const LEAST_MS: i64 = 200;

/// What a run has done, as often as it tells.
#[derive(Debug, Default)]
pub(super) struct Estimate {
    seen: VecDeque<(Timestamp, u64)>,
}

impl Estimate {
    /// Takes in how many events have their verdict.
    pub fn take(&mut self, at: Timestamp, settled: u64) {
        self.seen.push_back((at, settled));
        while self.seen.get(1).is_some_and(|(second, _)| at.millis_since(*second) >= SPAN_MS) {
            self.seen.pop_front();
        }
    }

    /// Events per second; none before it can be told.
    #[expect(clippy::cast_precision_loss, reason = "counts and times far below 2^52")]
    pub fn per_second(&self) -> Option<f64> {
        let ((from, before), (to, now)) = (self.seen.front()?, self.seen.back()?);
        let span_ms = to.millis_since(*from);
        (span_ms >= LEAST_MS).then(|| now.saturating_sub(*before) as f64 * 1000.0 / span_ms as f64)
    }

    /// How long the rest takes at this rate, in milliseconds; none while nothing moves.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "times of days")]
    pub fn left_ms(&self, total: u64) -> Option<u64> {
        let rate = self.per_second().filter(|rate| *rate > 0.0)?;
        let (_, settled) = self.seen.back()?;
        Some((total.saturating_sub(*settled) as f64 * 1000.0 / rate) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(samples: impl IntoIterator<Item = (i64, u64)>) -> Estimate {
        let mut estimate = Estimate::default();
        samples.into_iter().for_each(|(at, settled)| estimate.take(Timestamp::from_millis(at), settled));
        estimate
    }

    #[test]
    fn a_steady_run_tells_its_rate_and_its_end() {
        let estimate = seen((0..=20u32).map(|second| (i64::from(second) * 1000, u64::from(second) * 100)));
        assert_eq!(estimate.per_second(), Some(100.0));
        assert_eq!(estimate.left_ms(5000), Some(30_000));
        assert_eq!(estimate.left_ms(2000), Some(0));
    }

    #[test]
    fn a_run_that_slows_down_says_so_within_seconds() {
        let estimate = seen([(0, 0), (1000, 10_000), (2000, 20_000), (8000, 20_060), (9000, 20_070)]);
        assert!(estimate.per_second().is_some_and(|rate| rate < 15.0), "{:?}", estimate.per_second());
    }

    #[test]
    fn nothing_is_said_before_it_can_be_known() {
        for samples in [vec![], vec![(0, 5)], vec![(0, 0), (100, 5)]] {
            assert_eq!(seen(samples).per_second(), None);
        }
        let still = seen([(0, 7), (3000, 7)]);
        assert_eq!((still.per_second(), still.left_ms(100)), (Some(0.0), None), "it stands still: no end can be told");
    }
}
