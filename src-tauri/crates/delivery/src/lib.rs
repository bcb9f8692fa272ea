//! Publisher, poller, tracker and verdicts: the proof that an event which was sent is the event that was read.
//!
//! The order of commits is the proof's backbone: an entry is committed before its request leaves, its answer before anything is
//! concluded from it, and a copy before its message is deleted. What this crate concludes, it concludes by
//! [`waybill_domain::Evidence::judge`]; [`Tracker`] feeds it, [`run`] and [`take_up`] are thin loops around the tracker.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod claim;
mod clock;
mod drive;
mod expect;
mod follow;
mod foreign;
mod health;
mod ledger;
mod pace;
mod poll;
mod publish;
mod request;
mod take_up;
mod tracker;

pub use claim::{Candidate, Claim, ClaimKey, Match};
pub use drive::run;
pub use expect::expectation;
pub use ledger::{
    Answer, Arrival, Close, Closing, EntryRecord, Hold, Ledger, LedgerError, Outcome, Ownership, PollerReport, Reader, Received, RunRecord,
};
pub use request::{
    ActionRef, Controls, DEFAULT_TIMEOUT_MS, Parts, PlannedEvent, PollerState, Progress, QueueRef, RunError, RunOutcome, RunRequest,
};
pub use take_up::take_up;
pub use tracker::{Observation, Tracker};
