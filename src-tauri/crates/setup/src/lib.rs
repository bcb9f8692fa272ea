//! The chain from partner event source to queue as desired state.
//!
//! [`observe`] reads it, [`plan()`] compares it with what is wanted, [`apply`] makes what is missing, [`undo`] removes exactly what was
//! made. Each thing is recorded before it is made and confirmed afterwards, so that a set-up which stopped anywhere goes on from what AWS
//! says is there. What was found is adopted and never removed.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod adopt;
mod apply;
mod bus_logging;
mod call;
mod drift;
mod export;
mod inbox;
mod link;
mod log;
mod observe;
mod observed;
mod perform;
mod permissions;
mod plan;
mod policy;
mod probe;
mod record;
mod rewrite;
mod sample;
mod settings;
mod setup;
mod situation;
mod spec;
#[cfg(test)]
mod tests;
mod twin;
mod undo;
mod write;

pub use adopt::{Candidate, Scan, adopt, scan, spec_of};
pub use apply::{Applied, ApplyError, ApplyFailure, apply};
pub use bus_logging::BusLogging;
pub use call::Call;
pub use drift::{DriftPart, FieldDrift, differences};
pub use export::{ExportKind, ExportedRequest, export, requests};
pub use inbox::{Inboxed, has_event_source, inbox};
pub use link::{Link, LinkKind, LinkState, chain_state, drift};
pub use log::{ChainLog, ChainLogError};
pub use observe::{SetupError, observe};
pub use observed::{BusSeen, LogConfig, MyOrganization, Observed, QueueSeen, Read, RuleSeen, SourceSeen, SourceState, TargetSeen};
pub use permissions::{IdentityPolicy, IdentityStatement, Task, needed_permissions};
pub use plan::{Page, Plan, Replacement, Step, StepId, StepStatus, plan};
pub use policy::{Grant, KeyGrant, PolicyAnswer, PolicyUnreadable, ResourcePolicy, Right};
pub use probe::{Probe, ProbeError, ProbeHands};
pub use record::{ChainChange, ChainRecord, ChainState, Part, Resource};
pub use rewrite::{RehearsedPattern, RewriteError, rehearsed_pattern};
pub use sample::{matching_samples, sample_event};
pub use settings::{ChainSettings, QueueSettings, Retry, RuleSettings, SettingsRead, Tags, TargetInput, TargetSettings, read_settings};
pub use setup::{Elsewhere, Setup};
pub use situation::{NextCall, Situation};
pub use spec::{ChainSpec, MAX_DESCRIPTION_CHARS, PatternChoice, Permission, QueueChoice, RuleSpec, TargetSpec, same_pattern};
pub use twin::Twin;
pub use undo::{Kept, NotRemoved, UndoError, UndoReport, undo};
