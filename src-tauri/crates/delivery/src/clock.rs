//! The run's clock: wall time at its start, carried on by the monotonic clock, so that a step of the wall clock moves no deadline.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use waybill_domain::Timestamp;

/// How far wall time may run away between two looks before it counts as a step of the clock or a sleep of the computer.
const TOLERATED_MS: i64 = 2000;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    start: Timestamp,
    since: Instant,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { start: wall(), since: Instant::now() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.start.plus_millis(i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX))
    }
}

/// Notices when wall time runs away from a [`Clock`].
#[derive(Debug, Default)]
pub(crate) struct Slip {
    known_ms: i64,
}

impl Slip {
    /// Whether the clock was set, or the computer slept, since the last look.
    pub(crate) fn look(&mut self, clock: &Clock) -> bool {
        let drift_ms = wall().millis_since(clock.now());
        let slipped = (drift_ms - self.known_ms).abs() > TOLERATED_MS;
        if slipped {
            self.known_ms = drift_ms;
        }
        slipped
    }
}

fn wall() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}
