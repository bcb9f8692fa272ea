//! CloudWatch (JSON 1.0), as far as EventBridge's figures need it: `GetMetricData` for sums of `AWS/Events` by rule.

mod counters;
mod get_metric_data;

pub(crate) use counters::{Counters, Metric};

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::World;

/// The operations that the sandbox serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    /// Sums by the minute.
    GetMetricData,
}

impl Operation {
    /// Every operation, for the page that lists them.
    #[cfg(test)]
    pub(crate) const NAMES: &[&str] = &["GetMetricData"];

    /// The operation of an `X-Amz-Target`, without its prefix.
    pub(crate) fn named(name: &str) -> Option<Self> {
        (name == "GetMetricData").then_some(Self::GetMetricData)
    }

    /// Runs it.
    ///
    /// # Errors
    /// The operation's own.
    pub(crate) fn run(self, world: &World, call: &Call<'_>) -> Result<Outcome, ApiError> {
        match self {
            Self::GetMetricData => get_metric_data::handle(world, call),
        }
    }
}
