//! A seeded world in which the machines of `waybill-proof` are tried out: EventBridge and SQS with everything that can go wrong on the way,
//! other consumers, several programs on one ledger, kills between any two effects, clocks that are set and computers that sleep.
//!
//! No threads, no sockets, no waiting: a world is a list of things that are going to happen, in the order of their times. What truly
//! happened is written down where no program sees it, and a second reading of the design says from that what every verdict must be.

mod aws;
mod dice;
mod facts;
mod fault;
mod ledger;
mod life;
mod oracle;
mod perform;
mod plan;
mod program;
mod queue;
mod scene;
mod schedule;
mod shrink;
mod soak;
mod told;
mod verify;
mod world;

pub use fault::{Fault, impossible};
pub use ledger::{KeptEvent, MemoryLedger, SharedLedger};
pub use shrink::shortest;
pub use soak::{Soak, soak};
pub use verify::{Outcome, simulate, story};
