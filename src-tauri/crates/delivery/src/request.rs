//! What a run is asked for, what it tells while it goes on, and what it ends with.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;
use waybill_aws::{CallError, Clients, Recorder};
use waybill_domain::{ActionId, EventReport, Expectation, Mode, Outgoing, QueueArn, RunId, RunSummary, Tally, Timestamp};

use crate::{Ledger, LedgerError};

/// How long an event may take where nothing else is said, in milliseconds.
pub const DEFAULT_TIMEOUT_MS: i64 = 30_000;

/// The alert action that is proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRef {
    /// Its id.
    pub id: ActionId,
    /// Its name.
    pub name: String,
}

/// The queue that is read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct QueueRef {
    /// Its URL, as SQS answered it.
    pub url: String,
    /// Its ARN.
    pub arn: QueueArn,
}

/// One event to be published, or to be withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedEvent {
    /// The event.
    pub outgoing: Outgoing,
    /// What is expected of it; see [`crate::expectation`].
    pub expectation: Expectation,
}

/// A run to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct RunRequest {
    /// Its id.
    pub run: RunId,
    /// The connection's name.
    pub connection: String,
    /// How its events come about.
    pub mode: Mode,
    /// The alert action.
    pub action: ActionRef,
    /// The queue.
    pub queue: QueueRef,
    /// The events in the order of publishing.
    pub events: Vec<PlannedEvent>,
    /// How long an event may take from its acceptance to being read, in milliseconds.
    pub timeout_ms: i64,
    /// Events per second; none means as fast as it goes.
    pub rate: Option<f64>,
    /// What on the target changes events, for example `the target has the input path $.detail`; named where an event is Changed.
    pub transformer: Option<String>,
}

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

/// What happens while a run goes on.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// The run and all its events are committed; nothing has left yet.
    Started {
        /// The run.
        run: RunId,
    },
    /// Something about one event changed.
    Publication {
        /// The run.
        run: RunId,
        /// The event as it stands.
        event: Box<EventReport>,
    },
    /// The counts changed.
    Counts {
        /// The run.
        run: RunId,
        /// The counts as they stand.
        tally: Tally,
    },
    /// The poller's heartbeat.
    Poller(PollerState),
    /// The run is closed, or left open to be taken up.
    Ended(Box<RunSummary>),
}

/// The poller as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PollerState {
    /// When the last receive was completed.
    pub last_receive_at: Option<Timestamp>,
    /// Receives completed.
    pub receives: u64,
    /// Spans in which the queue was not read.
    pub gaps: u64,
    /// Whether the queue is being read.
    pub alive: bool,
    /// Why not, where a receive failed.
    pub trouble: Option<String>,
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
