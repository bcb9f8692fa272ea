//! How a queue is read, and what that costs whoever else uses it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// How a queue is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingMode {
    /// A queue that Waybill made: it is read until it is empty.
    #[default]
    Consume,
    /// Somebody else's queue: read in few short passes, everything of others given back.
    Peek,
    /// A queue of Waybill's own beside somebody else's, as one more target of the same rule.
    Mirror,
}

impl ReadingMode {
    /// The word on the command line and in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Consume => "consume",
            Self::Peek => "peek",
            Self::Mirror => "mirror",
        }
    }
}

impl fmt::Display for ReadingMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ReadingMode {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        [Self::Consume, Self::Peek, Self::Mirror]
            .into_iter()
            .find(|mode| mode.as_str() == text.trim())
            .ok_or_else(|| Invalid::new("Reading", format!("`{}` is not a reading mode; choose consume, peek or mirror", text.trim())))
    }
}

/// How a run reads its queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum ReadingPlan {
    /// Until it is empty.
    #[default]
    Consume,
    /// In few passes, each of which receives a message of others once at most.
    Peek {
        /// Passes of the run itself; one more is kept for whoever has to take the run up.
        passes: u32,
        /// After how many receives SQS moves a message to the dead-letter queue, where it does.
        max_receive_count: Option<u32>,
    },
    /// A probe queue, until it is empty.
    Mirror,
}

impl ReadingPlan {
    /// The mode.
    pub const fn mode(self) -> ReadingMode {
        match self {
            Self::Consume => ReadingMode::Consume,
            Self::Peek { .. } => ReadingMode::Peek,
            Self::Mirror => ReadingMode::Mirror,
        }
    }

    /// By how much the receive count of a message of others rises at most; none where there are no messages of others to spare.
    pub const fn price(self) -> Option<u32> {
        match self {
            Self::Peek { passes, .. } => Some(passes + 1),
            Self::Consume | Self::Mirror => None,
        }
    }
}
