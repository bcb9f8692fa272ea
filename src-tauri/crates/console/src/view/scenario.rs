//! Scenarios: named life cycles with delays.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waybill_domain::EventType;

/// A step of a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ScenarioStepView {
    /// The event that it publishes.
    pub event_type: EventType,
    /// How long it waits for the step before, in milliseconds.
    pub after_ms: i64,
}

/// A scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ScenarioView {
    /// Its name.
    pub name: String,
    /// What it is for, possibly empty.
    pub description: String,
    /// Its steps in order.
    pub steps: Vec<ScenarioStepView>,
    /// From the first step to the last, in milliseconds.
    pub duration_ms: i64,
    /// Whether every Waybill has it; such a one is neither changed nor deleted.
    pub built_in: bool,
}

/// A scenario as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ScenarioForm {
    /// Its name.
    pub name: String,
    /// What it is for, possibly empty.
    pub description: String,
    /// Its steps in order; the first creates the incident.
    pub steps: Vec<ScenarioStepView>,
}
