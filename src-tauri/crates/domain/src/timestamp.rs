//! Points in time, to the millisecond.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time in UTC, kept as milliseconds since the Unix epoch and written as RFC 3339 with three decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The point `millis` milliseconds after the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The same point cut to the whole second, as EventBridge keeps it in an envelope's `time`.
    pub const fn cut_to_second(self) -> Self {
        Self(self.0.div_euclid(1000) * 1000)
    }

    /// The point `millis` milliseconds later (earlier when negative).
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to this point; negative when `earlier` is later.
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The envelope's spelling: whole seconds and `Z`, for example `2021-08-06T08:16:16Z`.
    pub fn to_seconds_string(self) -> String {
        format!("{:.0}", self.inner())
    }

    fn inner(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.inner())
    }
}

/// The text is not an RFC 3339 point in time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time in the form 2021-08-06T08:16:16Z")]
pub struct NotATime(String);

impl FromStr for Timestamp {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed: jiff::Timestamp = text.parse().map_err(|_| NotATime(text.to_owned()))?;
        Ok(Self(parsed.as_millisecond()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_with_three_decimals_and_read_back() {
        let time = Timestamp::from_millis(1_628_237_776_154);
        assert_eq!(time.to_string(), "2021-08-06T08:16:16.154Z");
        assert_eq!(time.to_string().parse(), Ok(time));
        assert_eq!(time.to_seconds_string(), "2021-08-06T08:16:16Z", "an envelope has whole seconds");
        assert_eq!(time.cut_to_second().to_string(), "2021-08-06T08:16:16.000Z");
    }

    #[test]
    fn seconds_are_cut_and_never_rounded_up() {
        let time = Timestamp::from_millis(1_628_237_776_999);
        assert_eq!(time.to_seconds_string(), "2021-08-06T08:16:16Z");
    }
}
