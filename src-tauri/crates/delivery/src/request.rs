//! What a run works with, and what it ends with.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;
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
    /// Who listens; may be gone.
    pub progress: UnboundedSender<Progress>,
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
