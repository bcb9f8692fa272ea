//! What is known about a request when its policies are judged.

use std::borrow::Cow;

use jiff::Timestamp;

/// The condition keys that a request carries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    /// By lower-case condition key.
    pub(crate) keys: &'a [(&'static str, &'a str)],
    /// `aws:CurrentTime` and `aws:EpochTime`, in milliseconds since 1970.
    pub(crate) now_ms: i64,
}

impl<'a> Context<'a> {
    /// The value of a key, given in lower case.
    pub(super) fn value(&self, key: &str) -> Option<Cow<'a, str>> {
        match key {
            "aws:currenttime" => Timestamp::from_millisecond(self.now_ms).ok().map(|time| Cow::Owned(time.to_string())),
            "aws:epochtime" => Some(Cow::Owned(self.now_ms.div_euclid(1000).to_string())),
            _ => self.keys.iter().find(|(name, _)| *name == key).map(|&(_, value)| Cow::Borrowed(value)),
        }
    }
}
