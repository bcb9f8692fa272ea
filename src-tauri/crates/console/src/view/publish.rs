//! The composer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waybill_domain::{EventType, Timestamp};

/// A prepared event.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct Composed {
    /// The event type.
    pub event_type: EventType,
    /// The `detail`, indented JSON.
    pub detail: String,
    /// The partner event source it will be published on.
    pub partner_source: String,
    /// Whether iLert's page shows no sample of this event.
    pub derived: bool,
    /// What the check says about it as it is.
    pub check: DetailCheck,
}

/// A detail that was saved under a name.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct TemplateView {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The event type that it is for.
    pub event_type: EventType,
    /// When it was last saved.
    #[ts(as = "String")]
    pub saved_at: Timestamp,
}

/// What is wrong with a `detail`.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct DetailProblem {
    /// The sentence.
    pub message: String,
    /// Line of the mistake, counted from 1, where there is one.
    pub line: Option<u64>,
    /// Column of the mistake, counted from 1.
    pub column: Option<u64>,
}

/// A `detail` checked before it is published.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct DetailCheck {
    /// The entry's size as EventBridge counts it, in bytes.
    pub bytes: u64,
    /// The limit of a request, in bytes.
    pub limit: u64,
    /// Why it cannot be published, if so.
    pub problem: Option<DetailProblem>,
    /// Where it differs from the shape of iLert's events; it can be published all the same.
    pub differences: Vec<DetailProblem>,
    /// Whether it must arrive.
    pub expected: bool,
    /// Why it must or must not arrive, for example `Rule all-incidents will match`.
    pub expectation: String,
}

/// A run to start.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct StartRun {
    /// The alert action, by id.
    pub action_id: String,
    /// Event types by name; empty means the action's own.
    pub event_types: Vec<String>,
    /// Events in all; none means one of each type.
    pub count: Option<u64>,
    /// Events per second; none means as fast as it goes.
    pub rate: Option<f64>,
    /// Requests at once; none means as many as the number of events is worth.
    pub publishers: Option<u32>,
    /// Milliseconds until an event counts as not delivered; none means 30,000.
    pub timeout_ms: Option<i64>,
    /// The name of a scenario, instead of types, count and rate.
    #[ts(optional)]
    pub scenario: Option<String>,
    /// How the queue is read: `consume`, `peek` or `mirror`; none means as is right for it.
    #[ts(optional)]
    pub reading: Option<String>,
    /// Whether the event bus is to log the way of the events, for as long as the run goes on; none means no.
    #[ts(optional)]
    pub bus_logging: Option<bool>,
}
