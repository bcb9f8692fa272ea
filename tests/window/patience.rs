//! Waiting for what is to come, never for a time.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

/// Longer than anything that is awaited takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(45);
const PAUSE: Duration = Duration::from_millis(40);

/// Looks again and again until there is something; fails with `what` was awaited and why the last look saw nothing.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let began = Instant::now();
    loop {
        let seen = look().await;
        if let Ok(Some(found)) = seen {
            return Ok(found);
        }
        if began.elapsed() > PATIENCE {
            let why = seen.err().map(|error| format!(": {error:#}")).unwrap_or_default();
            return Err(anyhow!("awaited in vain: {what}{why}"));
        }
        tokio::time::sleep(PAUSE).await;
    }
}
