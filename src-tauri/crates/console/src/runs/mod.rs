//! Runs: started, followed, cancelled, listed, taken up.

mod estimate;
mod follow;
mod running;
mod show;
mod start;
mod take_up;
mod verify;

pub(crate) use running::RunningRuns;
pub(crate) use show::{RowRun, delivery_row, event, summary};
pub(crate) use take_up::TakingUp;
pub use verify::{Verified, VerifyRequest};
