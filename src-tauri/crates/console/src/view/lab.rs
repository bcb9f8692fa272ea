//! The fault lab over all alert actions.

use serde::Serialize;
use ts_rs::TS;

/// A fault that is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ActiveFault {
    /// The alert action whose chain it breaks.
    pub action_id: String,
    /// That action's name.
    pub action: String,
    /// The fault's id.
    pub id: String,
    /// What it does, in one sentence.
    pub sentence: String,
}
