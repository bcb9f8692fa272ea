//! Adopting, and where a chain differs from its record.

use serde::Serialize;
use ts_rs::TS;

use super::{RepairStepView, RepairView, UndoableView};

/// A chain that somebody made, and that could be adopted.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct AdoptableView {
    /// The partner event source; its bus has the same name.
    pub source: String,
    /// The rule.
    pub rule: String,
    /// Its event pattern.
    pub pattern: String,
    /// The queue that it sends to.
    pub queue: String,
    /// The target's dead-letter queue, where that is in this account and region.
    pub dead_letter: Option<String>,
    /// The id of the alert action that publishes through the source.
    pub action_id: Option<String>,
    /// Its name.
    pub action: Option<String>,
    /// Whether it is that action's recorded chain already.
    pub is_known: bool,
    /// What adopting it means.
    pub meaning: String,
    /// What keeps events from arriving as things are, a sentence each.
    pub notes: Vec<String>,
}

/// A field in which AWS is not as recorded.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct FieldDriftView {
    /// Of which part of the chain.
    pub part: String,
    /// The field.
    pub field: String,
    /// What is recorded.
    pub recorded: String,
    /// What AWS has.
    pub live: String,
    /// Whether restoring puts it back.
    pub restorable: bool,
}

/// Where a chain differs from its record.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct DriftView {
    /// `waybill.drift/1`.
    pub schema: String,
    /// The alert action's name.
    pub action: String,
    /// Every difference.
    pub differences: Vec<FieldDriftView>,
    /// Stands for exactly these differences.
    pub state: String,
    /// What restoring would send; none where there is nothing to restore.
    pub restore: Option<RepairView>,
    /// What was sent to restore it, just now.
    pub restored: Vec<RepairStepView>,
    /// The newest change that can be taken back.
    pub undoable: Option<UndoableView>,
}
