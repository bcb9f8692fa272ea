//! CloudWatch Logs (JSON 1.1), as far as the records of event buses need it: `FilterLogEvents`.
//!
//! Each event bus has a log group by the name that AWS's console suggests, as if log delivery had been set up for it.

mod filter_log_events;
mod filter_pattern;

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::World;

/// The operations that the sandbox serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    /// Records of a log group.
    FilterLogEvents,
}

impl Operation {
    /// Every operation, for the page that lists them.
    #[cfg(test)]
    pub(crate) const NAMES: &[&str] = &["FilterLogEvents"];

    /// The operation of an `X-Amz-Target`, without its prefix.
    pub(crate) fn named(name: &str) -> Option<Self> {
        (name == "FilterLogEvents").then_some(Self::FilterLogEvents)
    }

    /// Runs it.
    ///
    /// # Errors
    /// The operation's own.
    pub(crate) fn run(self, world: &mut World, call: &Call<'_>) -> Result<Outcome, ApiError> {
        match self {
            Self::FilterLogEvents => filter_log_events::handle(world, call),
        }
    }
}
