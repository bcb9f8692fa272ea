//! What an operation brings along: the time, fresh ids, and the journal.

use std::fmt;

use uuid::Uuid;

use crate::state::Journal;

/// The surroundings of one operation.
pub(crate) struct Moment<'a> {
    /// Now, in milliseconds since 1970.
    pub(crate) now_ms: i64,
    /// Another id each time.
    pub(crate) ids: &'a mut dyn FnMut() -> String,
    /// Takes every change.
    pub(crate) journal: &'a mut Journal,
}

impl fmt::Debug for Moment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Moment").field("now_ms", &self.now_ms).finish_non_exhaustive()
    }
}

/// A random UUID.
pub(crate) fn random_id() -> String {
    Uuid::new_v4().to_string()
}
