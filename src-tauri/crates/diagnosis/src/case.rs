//! What is meant to be, and what Waybill knows by itself: the patient's file.

use waybill_domain::{AlertAction, EventType, Timestamp};
use waybill_setup::{ChainRecord, ChainState, Part, QueueChoice};

/// The chain of one alert action as it is intended, with what Waybill remembers of it.
#[derive(Debug, Clone)]
pub struct Case {
    /// The alert action.
    pub action: AlertAction,
    /// When the alert action was last changed.
    pub action_changed_at: Timestamp,
    /// The chain as recorded; where it was never set up, as it would be suggested.
    pub chain: ChainRecord,
    /// Whether changes take effect at once: on the sandbox.
    pub changes_at_once: bool,
    /// Whether a program of Waybill reads the queue now.
    pub is_read: bool,
    /// The newest run.
    pub last_run: Option<LastRun>,
    /// When the newest proven run began.
    pub proven_at: Option<Timestamp>,
    /// Now.
    pub now: Timestamp,
}

/// What the newest run of the alert action came to.
#[derive(Debug, Clone)]
pub struct LastRun {
    /// Its id.
    pub id: String,
    /// When it began.
    pub started_at: Timestamp,
    /// Whether its program was stopped before it was closed.
    pub interrupted: bool,
    /// Whether everything was as expected.
    pub proven: bool,
    /// Spans in which the queue was not read.
    pub gaps: u64,
    /// Entries that EventBridge refused: type and reason.
    pub rejected: Vec<(EventType, String)>,
    /// Types that were asked for and withheld, because the alert action did not choose them.
    pub withheld: Vec<EventType>,
    /// Types that had to arrive.
    pub expected: Vec<EventType>,
    /// Types that had to arrive and did not.
    pub missing: Vec<EventType>,
    /// One event that is missing: its type, and EventBridge's id of it.
    pub missing_event: Option<(EventType, String)>,
}

impl Case {
    /// Whether the set-up was finished once; only a finished chain is repaired.
    pub(crate) fn is_finished(&self) -> bool {
        self.chain.state == ChainState::Complete
    }

    /// Whether Waybill made the queue, so that nobody else has a reason to read it.
    pub(crate) fn queue_is_own(&self) -> bool {
        let made = |part: &Part| matches!(part, Part::Queue { dead_letter: false, .. });
        self.chain.resources.iter().any(|resource| resource.made_by_waybill && made(&resource.part))
    }

    /// Whether Waybill is to make the queue where it is gone.
    pub(crate) fn may_make_queue(&self) -> bool {
        matches!(self.chain.spec.target.queue, QueueChoice::New(_))
    }

    /// The recorded id of the rule's target.
    pub(crate) fn target_id(&self) -> Option<&str> {
        self.chain.resources.iter().find_map(|resource| match &resource.part {
            Part::Target { id, .. } => Some(id.as_str()),
            _ => None,
        })
    }

    /// From when on figures of the rule say something: from the newest run, at most three hours ago; without one, for an hour.
    pub(crate) fn figures_since(&self) -> Timestamp {
        const HOUR_MS: i64 = 60 * 60 * 1000;
        let ago = |millis: i64| Timestamp::from_millis(self.now.as_millis() - millis);
        self.last_run.as_ref().map_or_else(|| ago(HOUR_MS), |run| run.started_at.max(ago(3 * HOUR_MS)))
    }

    /// The newest run, as far as it says something about the chain as it is now: not where Waybill has changed the chain since.
    pub(crate) fn run_since_change(&self) -> Option<&LastRun> {
        let changed_at = self.chain.changed_at;
        self.last_run.as_ref().filter(|run| changed_at.is_none_or(|at| run.started_at >= at))
    }
}
