//! Repairs: changes that can be read before they are made, and taken back afterwards.

mod apply;
mod difference;
mod perform;
mod write;

use serde::{Deserialize, Serialize};

pub use apply::{RepairError, RepairLog, RepairLogError, Session, SessionStep, StepState, apply, undo};
pub use difference::policy_difference;
pub use perform::Hands;
pub use write::{RuleWrite, TargetWrite, Write};

/// A change that would mend what a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What it does, in one sentence.
    pub sentence: String,
    /// The requests, in order.
    pub steps: Vec<RepairStep>,
}

/// One request of a repair, and the request that takes it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairStep {
    /// The change.
    pub write: Write,
    /// What restores the state before.
    pub inverse: Write,
}

impl Repair {
    pub(crate) fn one(sentence: impl Into<String>, write: Write, inverse: Write) -> Self {
        Self { sentence: sentence.into(), steps: vec![RepairStep { write, inverse }] }
    }

    pub(crate) fn and(mut self, write: Write, inverse: Write) -> Self {
        self.steps.push(RepairStep { write, inverse });
        self
    }
}
