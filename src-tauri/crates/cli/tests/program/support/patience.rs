//! Waiting for what is to come, never for a time.

use std::time::{Duration, Instant};

/// Longer than anything that is awaited takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);
const PAUSE: Duration = Duration::from_millis(5);

/// Looks again and again until there is something; fails with `what` was awaited in vain.
#[track_caller]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "awaited in vain: {what}");
        std::thread::sleep(PAUSE);
    }
}
