//! What a proof decides, without doing any of it: a run, and the take-up of interrupted ones, as state machines into which goes what
//! happened and out of which comes what to do next.
//!
//! Nothing here reads a clock, a socket or a file, and nothing is random: time comes in with every step, a seed with every run. The order
//! in which a machine names its effects is the proof's backbone: an entry is committed before its request leaves, its answer before
//! anything is concluded from it, and a copy before its message is deleted. Whoever performs the effects does so one after the other, and
//! may be killed between any two of them. What is concluded is concluded by [`waybill_domain::Evidence::judge`]; [`Tracker`] feeds it.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod choose;
mod claim;
mod engine;
mod foreign;
mod health;
mod judgements;
mod ledger;
mod pace;
mod peek;
mod plan;
mod request;
mod tracker;

pub use choose::{Chosen, QueueFacts, ReadingRefused, RunSpan, choose_reading};
pub use claim::{ANSWER_WITHIN_MS, Candidate, Claim, ClaimKey, Entries, Match, Whose, whose};
pub use engine::{Effect, Handled, Happened, Machine, Put, Receive, ReceiveFailure, Reply, Run, TakeUp, WhichRuns};
pub use health::VISIBILITY_S;
pub use judgements::Judgements;
pub use ledger::{
    Answer, Arrival, Close, Closing, EntryRecord, Hold, Ledger, LedgerError, Outcome, Ownership, PollerReport, Reader, Received, Resumed,
    RunRecord,
};
pub use pace::MOST_MESSAGES;
pub use plan::{Plan, Planned};
pub use request::{ActionRef, DEFAULT_TIMEOUT_MS, Pace, PlannedEvent, PollerState, Progress, QueueRef, RunRequest};
pub use tracker::{Observation, Tracker};
