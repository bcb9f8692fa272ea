//! The time, injected.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::Notify;

/// Completes at a time.
pub type Reached<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Tells the sandbox what time it is.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01 UTC.
    fn now_ms(&self) -> i64;

    /// Completes once it is `at_ms`; earlier is no harm.
    ///
    /// A clock that can be put forward must complete it when that happens.
    #[allow(clippy::disallowed_methods, reason = "the sandbox's one timer")]
    fn reached(&self, at_ms: i64) -> Reached<'_> {
        let left = Duration::from_millis(u64::try_from(at_ms.saturating_sub(self.now_ms())).unwrap_or(0));
        Box::pin(tokio::time::sleep(left))
    }
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the one place that reads the real clock")]
    fn now_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}

/// The machine's clock, put forward by whoever holds it: for tests and demonstrations of what takes hours.
#[derive(Debug, Default)]
pub struct ForwardClock {
    ahead_ms: AtomicI64,
    moved: Notify,
}

impl ForwardClock {
    /// Puts it forward; everything that is due by then happens.
    pub fn pass(&self, time: Duration) {
        let ms = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        self.ahead_ms.fetch_add(ms, Ordering::SeqCst);
        self.moved.notify_waiters();
    }
}

impl Clock for ForwardClock {
    fn now_ms(&self) -> i64 {
        SystemClock.now_ms().saturating_add(self.ahead_ms.load(Ordering::SeqCst))
    }

    fn reached(&self, at_ms: i64) -> Reached<'_> {
        // Made before the time is read, so that no move in between is missed.
        let moved = self.moved.notified();
        let left = at_ms.saturating_sub(self.now_ms());
        let slept = SystemClock.reached(SystemClock.now_ms().saturating_add(left));
        Box::pin(async move {
            tokio::select! {
                () = moved => {}
                () = slept => {}
            }
        })
    }
}
