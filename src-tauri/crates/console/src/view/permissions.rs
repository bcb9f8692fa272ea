//! The identity policy that a task needs.

use serde::Serialize;
use ts_rs::TS;

/// What a task on a chain needs of IAM, and nothing more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PermissionsView {
    /// `observe`, `setup`, `prove` or `repair`.
    pub task: String,
    /// What can be done with it.
    pub sentence: String,
    /// Every IAM action of it, once.
    pub actions: Vec<String>,
    /// The identity policy, as IAM takes it.
    pub document: String,
}
