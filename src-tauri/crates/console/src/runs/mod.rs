//! Runs: started, followed, cancelled, listed, taken up.

mod estimate;
mod follow;
mod running;
mod show;
mod start;
mod verify;

pub(crate) use running::RunningRuns;
pub(crate) use show::{RowRun, delivery_row, event, summary};
pub use verify::{Verified, VerifyRequest};
