//! The run's clock: wall time at its start, carried on by a clock that goes on while the computer sleeps, so that a step of the wall
//! clock moves no deadline and a sleep is not mistaken for no time at all.

use std::time::{SystemTime, UNIX_EPOCH};

use waybill_domain::Timestamp;

/// How far wall time may run away between two looks before it counts as a step of the clock or a sleep of the computer.
const TOLERATED_MS: i64 = 2000;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    start: Timestamp,
    since: Awake,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { start: wall(), since: Awake::now() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.start.plus_millis(self.since.elapsed_ms())
    }
}

/// Notices when wall time runs away from a [`Clock`], where that may mean that the computer slept.
#[derive(Debug, Default)]
pub(crate) struct Slip {
    known_ms: i64,
}

impl Slip {
    /// Whether the computer may have slept unnoticed since the last look. Where [`Awake`] counts sleep, a step of the wall clock means
    /// nothing.
    pub(crate) fn look(&mut self, clock: &Clock) -> bool {
        if Awake::COUNTS_SLEEP {
            return false;
        }
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

/// A moment by a monotonic clock that counts sleep, too: `CLOCK_BOOTTIME`. `Instant` stands still while Linux is suspended.
#[cfg(any(target_os = "linux", target_os = "android"))]
#[derive(Debug, Clone, Copy)]
struct Awake(i64);

#[cfg(any(target_os = "linux", target_os = "android"))]
impl Awake {
    const COUNTS_SLEEP: bool = true;

    fn now() -> Self {
        let since_boot = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        Self(since_boot.tv_sec * 1000 + since_boot.tv_nsec / 1_000_000)
    }

    fn elapsed_ms(self) -> i64 {
        Self::now().0 - self.0
    }
}

/// A moment by the monotonic clock; where that stands still while the computer sleeps, [`Slip`] notices.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[derive(Debug, Clone, Copy)]
struct Awake(std::time::Instant);

#[cfg(not(any(target_os = "linux", target_os = "android")))]
impl Awake {
    const COUNTS_SLEEP: bool = false;

    fn now() -> Self {
        Self(std::time::Instant::now())
    }

    fn elapsed_ms(self) -> i64 {
        i64::try_from(self.0.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
}
