//! What is known of one event's way, and the one verdict that follows from it.
//!
//! Everything that judges an event goes through [`Evidence::judge`]: the tracker of a run in progress, the take-up of an interrupted
//! run, and the read model of the store. It is a pure function of what was committed, so that no two of them can disagree.

mod judge;
mod reason;
mod sending;
#[cfg(test)]
mod tests;
mod watch;

pub use judge::Judgement;
pub use sending::{ReadBack, Sending};
pub use watch::{Gap, Hidden, Watch};

use crate::Expectation;

/// All that is known of one event: what was intended, how far it got, and every distinct copy that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Whether it must arrive.
    pub expectation: Expectation,
    /// How far it got on its way to the bus.
    pub sending: Sending,
    /// Every distinct copy (each with a message id of its own) that belongs to it, in any order.
    pub copies: Vec<ReadBack>,
}

impl Evidence {
    /// An event that is planned: nothing of it has happened yet.
    pub const fn planned(expectation: Expectation) -> Self {
        Self { expectation, sending: Sending::Planned, copies: Vec::new() }
    }
}
