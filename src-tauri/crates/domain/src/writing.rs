//! Whether a connection lets requests through that write.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Invalid;

/// What a connection does with a request that writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum WriteMode {
    /// It is sent.
    #[default]
    Free,
    /// Somebody is asked first.
    Ask,
    /// It is refused before it leaves.
    ReadOnly,
}

impl WriteMode {
    /// The word on the command line and in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Ask => "ask",
            Self::ReadOnly => "read-only",
        }
    }
}

impl fmt::Display for WriteMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for WriteMode {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        [Self::Free, Self::Ask, Self::ReadOnly]
            .into_iter()
            .find(|mode| mode.as_str() == text || (*mode == Self::ReadOnly && text == "read_only"))
            .ok_or_else(|| Invalid::new("Mode", format!("`{text}` is not a mode of a connection; choose free, ask or read-only")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_is_read_as_it_is_written() {
        for mode in [WriteMode::Free, WriteMode::Ask, WriteMode::ReadOnly] {
            assert_eq!(mode.as_str().parse(), Ok(mode));
        }
        for wrong in ["", "readonly", "FREE", "never"] {
            assert_eq!(wrong.parse::<WriteMode>().unwrap_err().field, "Mode", "{wrong:?}");
        }
    }
}
