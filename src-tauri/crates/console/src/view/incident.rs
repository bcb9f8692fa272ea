//! Incidents as shown.

use serde::Serialize;
use ts_rs::TS;
use waybill_domain::{Assignee, EventType, IncidentStatus, Priority, Timestamp};

/// An incident of an alert source.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct IncidentView {
    /// Its number.
    pub id: String,
    /// One line about it.
    pub summary: String,
    /// More about it.
    pub details: String,
    /// Where it stands.
    pub status: IncidentStatus,
    /// How urgent it is.
    pub priority: Priority,
    /// Who has it.
    pub assigned_to: Option<Assignee>,
    /// When it was reported.
    #[ts(as = "String")]
    pub reported_at: Timestamp,
    /// The steps that are possible now.
    pub possible: Vec<EventType>,
}

/// An event that a step put on a bus.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct IncidentPublished {
    /// The alert action's name.
    pub action: String,
    /// The alert action's id.
    pub action_id: String,
    /// The run that follows the event.
    pub run_id: String,
}

/// An alert action that did not publish a step.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct IncidentWithheld {
    /// The alert action's name.
    pub action: String,
    /// The alert action's id.
    pub action_id: String,
    /// Whether a click may publish it (trigger mode Manual).
    pub on_click: bool,
    /// Why not.
    pub reason: String,
}

/// What a step did.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct IncidentStepReport {
    /// The incident afterwards.
    pub incident: IncidentView,
    /// The step's event.
    pub event_type: EventType,
    /// Where it was published.
    pub published: Vec<IncidentPublished>,
    /// Where it was not, and why.
    pub withheld: Vec<IncidentWithheld>,
}
