//! Runs over AWS: performs what the machines of `waybill-proof` decide, one effect after the other.
//!
//! Nothing is decided here. A [`waybill_proof::Machine`] says what is to be done next; this crate commits it to the [`Ledger`], sends it by
//! the AWS SDK, and tells the machine what happened.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bus;
mod clock;
mod cross_check;
mod expect;
mod perform;
mod queue;
mod request;
mod run;
mod thread;

pub use cross_check::{CrossCheck, PatternAnswer, cross_check};
pub use expect::expectation;
pub use request::{Controls, Parts, RunError, RunOutcome, progress};
pub use run::{rehearse, run, take_up};
pub use waybill_proof::{
    ANSWER_WITHIN_MS, ActionRef, Answer, Arrival, Candidate, Chosen, Claim, ClaimKey, Close, Closing, DEFAULT_TIMEOUT_MS, Entries,
    EntryRecord, Hold, Judgements, Ledger, LedgerError, Match, Observation, Outcome, Ownership, Pace, Plan, Planned, PlannedEvent,
    PollerReport, PollerState, Progress, QueueFacts, QueueRef, Reader, ReadingRefused, Received, Resumed, RunRecord, RunRequest, RunSpan,
    Tracker, WhichRuns, choose_reading, whose,
};
