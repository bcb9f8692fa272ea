//! Alert sources and alert actions as shown.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waybill_domain::{ActionForm, EventType, TriggerMode};

use super::IncidentView;

/// An alert source in a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AlertSourceView {
    /// iLert's number of the source.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How many alert actions it has.
    pub actions: u64,
    /// How many of its incidents are not resolved.
    pub open_incidents: u64,
}

/// An alert source with everything on its page.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct AlertSourceDetail {
    /// The source.
    pub source: AlertSourceView,
    /// Its alert actions, by name.
    pub actions: Vec<AlertActionView>,
    /// Its incidents, newest first.
    pub incidents: Vec<IncidentView>,
}

/// An alert action.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AlertActionView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Number of its alert source.
    pub alert_source_id: i64,
    /// Name of its alert source.
    pub alert_source: String,
    /// Always `Amazon EventBridge`.
    pub r#type: String,
    /// When it publishes.
    pub trigger_mode: TriggerMode,
    /// What it publishes, in the order of iLert's page.
    pub event_types: Vec<EventType>,
    /// The AWS account that receives the events.
    pub account: String,
    /// The region of the event bus.
    pub region: String,
    /// The partner event source's name.
    pub partner_source: String,
    /// `none`, `planned`, `partial` or `complete`: how far its chain was set up.
    pub chain: String,
    /// When it was made.
    #[ts(as = "String")]
    pub created_at: waybill_domain::Timestamp,
}

/// What deleting an alert action removed, and what it left.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct DeleteReport {
    /// The deleted action's name.
    pub name: String,
    /// Sentences about what goes.
    pub removed: Vec<String>,
    /// Sentences about what stays, and what to do about it.
    pub kept: Vec<String>,
}

/// One event as an alert action publishes it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct EnvelopeView {
    /// Its type.
    pub event_type: EventType,
    /// Whether the action chose it; otherwise it is withheld and never put on the bus.
    pub emitted: bool,
    /// The whole envelope; its ids are drawn when it is published.
    pub envelope: String,
    /// Its size as EventBridge counts it, in bytes.
    pub bytes: u64,
    /// Requests must stay below this size.
    pub limit: u64,
}

/// An event type as offered in a form.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct EventTypeInfo {
    /// The type.
    pub name: EventType,
    /// Whether iLert's page shows no sample of it.
    pub derived: bool,
}

/// What an empty form starts with, and what its choices are.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct FormDefaults {
    /// The form to start with.
    pub form: ActionForm,
    /// Regions to choose from.
    pub regions: Vec<String>,
    /// The nine event types.
    pub event_types: Vec<EventTypeInfo>,
    /// Alert sources that exist.
    pub alert_sources: Vec<String>,
}
