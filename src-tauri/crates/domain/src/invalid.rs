//! Input that was refused.

/// A value that was refused: which field, and why, in words for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct Invalid {
    /// The field as the window labels it, for example `AWS account ID`.
    pub field: &'static str,
    /// Why the value was refused and what is accepted instead.
    pub reason: String,
}

impl Invalid {
    /// Refuses `field` for `reason`.
    pub fn new(field: &'static str, reason: impl Into<String>) -> Self {
        Self { field, reason: reason.into() }
    }
}
