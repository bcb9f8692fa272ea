//! The machines: what happened goes in, what is to be done comes out.

mod agenda;
mod following;
mod machine;
mod others;
mod outbox;
mod publishing;
mod reading;
mod run;
mod take_up;

pub use machine::{Effect, Handled, Happened, Machine, Put, Receive, ReceiveFailure, Reply};
pub use run::Run;
pub use take_up::{TakeUp, WhichRuns};
