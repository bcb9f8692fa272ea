//! What the live channel carries.

use serde::Serialize;
use ts_rs::TS;
use waybill_domain::Timestamp;

use super::{DeliveryRow, ReadingView, RunProgress, RunSummary, StepView};

/// Something that changed, so that what shows it reads it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Topic {
    /// Alert sources.
    Sources,
    /// Alert actions.
    Actions,
    /// Chains and their links.
    Chains,
    /// Incidents.
    Incidents,
    /// The list of runs.
    Runs,
    /// Drafts of the wizard.
    Drafts,
    /// Connections.
    Connections,
    /// Scenarios.
    Scenarios,
    /// AWS calls that wrote something.
    Activity,
    /// Templates of the composer.
    Templates,
    /// What a connection that asks before every write is asking about.
    Questions,
}

impl Topic {
    /// Every topic, for a listener that fell behind and reads everything again.
    pub const ALL: [Self; 11] = [
        Self::Sources,
        Self::Actions,
        Self::Chains,
        Self::Incidents,
        Self::Runs,
        Self::Drafts,
        Self::Connections,
        Self::Scenarios,
        Self::Activity,
        Self::Templates,
        Self::Questions,
    ];
}

/// The state of the poller.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[ts(export)]
pub struct PollerView {
    /// Whether a queue is being read now.
    pub polling: bool,
    /// The queue that is read.
    pub queue: Option<String>,
    /// Receives completed in this run.
    pub receives: u64,
    /// When the last receive completed.
    #[ts(as = "Option<String>")]
    pub last_receive_at: Option<Timestamp>,
    /// Gaps in this run.
    pub gaps: u64,
    /// Why it cannot read, if so.
    pub trouble: Option<String>,
}

/// How long a run waits for Waybill's own last changes to be in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SettlingView {
    /// The run, which can be cancelled meanwhile.
    pub run_id: String,
    /// The alert action's name.
    pub action: String,
    /// What is left, in milliseconds; 0 when it is over.
    pub left_ms: i64,
    /// How long it takes in all, in milliseconds.
    pub total_ms: i64,
}

/// One event on the live channel. The channel carries arrays of them, in the order in which they happened.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum LiveEvent {
    /// Deliveries that are new or have a new verdict.
    Deliveries {
        /// The rows as they stand.
        rows: Vec<DeliveryRow>,
    },
    /// A run's counts or end.
    Run {
        /// The run as it stands.
        run: RunSummary,
    },
    /// How far a run has come, how fast it goes and how long it will still take.
    Progress {
        /// The run's progress as it stands.
        progress: RunProgress,
    },
    /// The poller's heartbeat.
    Poller {
        /// The poller as it stands.
        poller: PollerView,
    },
    /// How the queue of a run is about to be read, before the run begins.
    Reading {
        /// The run.
        run_id: String,
        /// How, and what it costs.
        reading: ReadingView,
    },
    /// A run waits for Waybill's own last changes to be in force, once a second.
    Settling {
        /// How long it still waits.
        settling: SettlingView,
    },
    /// A step of a set-up in progress.
    SetupStep {
        /// The alert action's id.
        action_id: String,
        /// The step as it stands.
        step: StepView,
    },
    /// Something else changed.
    Changed {
        /// What.
        topic: Topic,
    },
}
