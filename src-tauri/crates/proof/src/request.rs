//! What a run is asked for, and what it tells while it goes on.

use std::sync::Arc;

use waybill_domain::{ActionId, EventReport, Expectation, Mode, Outgoing, QueueArn, ReadingPlan, RunId, RunSummary, Tally, Timestamp};

use crate::Plan;

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
    /// What is expected of it; from the action's event types and the recorded pattern of the rule.
    pub expectation: Expectation,
}

/// How a run publishes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Pace {
    /// Events per second; none means as fast as it goes.
    pub rate: Option<f64>,
    /// Requests that are open at once; none means as many as the number of events is worth.
    pub publishers: Option<u32>,
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
    /// How the queue is read.
    pub reading: ReadingPlan,
    /// The events in the order of publishing.
    pub events: Plan,
    /// How long an event may take from its acceptance to being read, in milliseconds.
    pub timeout_ms: i64,
    /// How fast, and how many requests at once.
    pub pace: Pace,
    /// When each event is due, in milliseconds after the start, in the order of publishing; none means that only the pace counts.
    pub schedule: Option<Arc<[i64]>>,
    /// What on the target changes events, for example `the target has the input path $.detail`; named where an event is Changed.
    pub transformer: Option<String>,
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
