//! Why an event was not delivered: checks in causal order along the chain, each with its evidence, and repairs that show their change
//! before they make it.
//!
//! [`diagnose`] reads everything once, several reads at the same time, and judges each check as soon as what it asks for is there: every
//! judgement is a pure function of what was read and of the [`Case`]. What cannot be read is unknown and says which permission is missing; what another cause hides is unknown and
//! says which. [`apply`] makes the change of a [`Repair`], keeps how to take it back, and [`undo`] takes it back.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod case;
mod check;
mod diagnose;
mod judge;
mod read;
mod repair;
mod restore;
mod samples;
mod seen;
mod which;

pub use case::{Case, LastRun};
pub use check::{Check, CheckId, Evidence, Outcome};
pub use diagnose::{Diagnosis, diagnose};
pub use repair::{
    Hands, Repair, RepairError, RepairLog, RepairLogError, RepairStep, RuleWrite, Session, SessionStep, StepState, TargetWrite, Write,
    apply, policy_difference, undo,
};
pub use restore::restoration;
pub use seen::{Asked, KeyNow, Letter, MissingPermission, Reading, RuleNow, Seen, TargetNow, Unread};
pub use which::{RuleMatch, RulesError, rules_matching};
