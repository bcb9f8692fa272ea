//! The clock of runs: the wall time at which the computer started, carried on by a clock that goes on while the computer sleeps, so that a
//! step of the wall clock moves no deadline and a sleep is not mistaken for no time at all. All programs of one boot agree on the start.

use std::time::{SystemTime, UNIX_EPOCH};

use waybill_domain::Timestamp;
use waybill_proof::{Ledger, LedgerError};

/// How far wall time may run away between two looks before it counts as a step of the clock or a sleep of the computer.
const TOLERATED_MS: i64 = 2000;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    start: Timestamp,
    since: Moment,
}

impl Clock {
    /// The clock that the programs which work on this ledger go by.
    pub(crate) fn agreed(ledger: &dyn Ledger) -> Result<Self, LedgerError> {
        let (wall, since) = (wall(), Moment::now());
        Ok(match since.boot() {
            Some((boot, ms)) => {
                let started = ledger.clock(boot, wall.plus_millis(-ms))?;
                Self { start: started.plus_millis(ms), since }
            }
            None => Self { start: wall, since },
        })
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.start.plus_millis(self.since.elapsed_ms())
    }
}

/// Notices when wall time runs away from a [`Clock`], where that may mean that the computer slept.
#[derive(Debug)]
pub(crate) struct Slip {
    known_ms: i64,
}

impl Slip {
    /// Whether the computer may have slept unnoticed since the last look. Where [`Moment`] counts sleep, a step of the wall clock means
    /// nothing.
    pub(crate) fn look(&mut self, clock: &Clock) -> bool {
        if Moment::COUNTS_SLEEP {
            return false;
        }
        let drift_ms = wall().millis_since(clock.now());
        let slipped = (drift_ms - self.known_ms).abs() > TOLERATED_MS;
        if slipped {
            self.known_ms = drift_ms;
        }
        slipped
    }

    /// Takes wall time as it is for given.
    pub(crate) fn of(clock: &Clock) -> Self {
        Self { known_ms: wall().millis_since(clock.now()) }
    }
}

fn wall() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}

/// A moment by a monotonic clock that counts sleep, too: `CLOCK_BOOTTIME`, in milliseconds. `Instant` stands still while Linux is
/// suspended.
#[cfg(any(target_os = "linux", target_os = "android"))]
#[derive(Debug, Clone, Copy)]
struct Moment(i64);

#[cfg(any(target_os = "linux", target_os = "android"))]
impl Moment {
    const COUNTS_SLEEP: bool = true;

    fn now() -> Self {
        let since_boot = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        Self(since_boot.tv_sec * 1000 + since_boot.tv_nsec / 1_000_000)
    }

    fn elapsed_ms(self) -> i64 {
        Self::now().0 - self.0
    }

    /// The name of this boot and how long ago it was.
    fn boot(self) -> Option<(String, i64)> {
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        Some((boot.trim().to_owned(), self.0))
    }
}

/// A moment by the monotonic clock; where that stands still while the computer sleeps, [`Slip`] notices.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[derive(Debug, Clone, Copy)]
struct Moment(std::time::Instant);

#[cfg(not(any(target_os = "linux", target_os = "android")))]
impl Moment {
    const COUNTS_SLEEP: bool = false;

    fn now() -> Self {
        Self(std::time::Instant::now())
    }

    fn elapsed_ms(self) -> i64 {
        i64::try_from(self.0.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    const fn boot(self) -> Option<(String, i64)> {
        None
    }
}
