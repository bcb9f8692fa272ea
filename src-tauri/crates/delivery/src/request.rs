//! What a run works with, and what it ends with.

use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use waybill_aws::{CallError, Clients, Recorder};
use waybill_domain::{Mode, RunSummary};

use crate::{Ledger, LedgerError, Progress};

/// What a run works with.
#[derive(Clone)]
pub struct Parts {
    /// The clients of the action's region.
    pub clients: Clients,
    /// Where everything is committed.
    pub ledger: Arc<dyn Ledger>,
    /// Who keeps the requests that write.
    pub recorder: Arc<dyn Recorder>,
    /// Who listens; may be gone. See [`progress`].
    pub progress: mpsc::Sender<Progress>,
}

/// How much may be told that nobody has heard yet.
const BACKLOG: usize = 4096;

/// How much of that is kept for what must be heard: that a run has begun, and that it has ended.
const KEPT: usize = 64;

/// A channel on which runs tell what happens. Whoever listens too slowly misses changes of single events and counts, which are in the
/// ledger anyway; a burst does not pile them up in memory.
pub fn progress() -> (mpsc::Sender<Progress>, mpsc::Receiver<Progress>) {
    mpsc::channel(BACKLOG)
}

pub(crate) fn tell(listener: &mpsc::Sender<Progress>, progress: Progress) {
    let kept = if matches!(progress, Progress::Started { .. } | Progress::Ended(_)) { 0 } else { KEPT };
    if listener.capacity() > kept {
        // Nobody listening is no fault.
        drop(listener.try_send(progress));
    }
}

/// How a run can be ended before its time.
#[derive(Debug, Clone, Default)]
pub struct Controls {
    /// Publishes nothing more; what was sent stays tracked to its verdict.
    pub stop_publishing: CancellationToken,
    /// Leaves at once; what was sent and has no verdict yet is taken up by the next program that reads the queue.
    pub leave: CancellationToken,
}

/// How a run ended. Its events are in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct RunOutcome {
    /// The run without its events.
    pub summary: RunSummary,
    /// The first request that did not reach AWS or had no credentials, where there was one.
    pub failure: Option<CallError>,
}

/// A run could not go on. What was committed stays, and the next program that reads the queue takes it up.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The ledger refused a commit; nothing is sent or deleted without one.
    #[error("the run cannot be recorded")]
    Ledger(#[from] LedgerError),
    /// The connection has no partner identity: only the partner's account can publish to a partner event bus.
    #[error("this connection cannot publish as the partner; only the sandbox can")]
    NoPartner,
    /// This way of raising events is not offered here.
    #[error("mode {0} cannot be run on this connection")]
    Mode(Mode),
}

#[cfg(test)]
mod tests {
    use waybill_domain::{RunId, Tally};

    use super::*;

    #[test]
    fn who_listens_too_slowly_misses_counts_but_never_the_end() {
        let (sender, mut told) = progress();
        let run: RunId = "00000000-0000-4000-8000-000000000001".parse().unwrap();
        let counts = || Progress::Counts { run, tally: Tally::default() };
        (0..2 * BACKLOG).for_each(|_| tell(&sender, counts()));
        tell(&sender, Progress::Started { run });
        let mut heard = Vec::new();
        while let Ok(progress) = told.try_recv() {
            heard.push(progress);
        }
        assert_eq!(heard.len(), BACKLOG - KEPT + 1);
        assert_eq!(heard.last(), Some(&Progress::Started { run }));
        drop(told);
        tell(&sender, counts());
    }
}
