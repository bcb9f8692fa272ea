//! The row changes of one call.

use serde::Serialize;

/// One row written or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// Insert or replace.
    Put {
        /// One of the module's `TABLES`.
        table: &'static str,
        /// Primary key.
        key: String,
        /// JSON.
        value: String,
    },
    /// Remove; a missing row is no error.
    Delete {
        /// One of the module's `TABLES`.
        table: &'static str,
        /// Primary key.
        key: String,
    },
}

/// Collects what a handler changed in the world, in order.
///
/// It always follows the world: whatever was changed in memory is written here too, even when the
/// handler then refuses the call.
#[derive(Debug)]
pub(crate) struct Journal {
    recording: bool,
    changes: Vec<Change>,
}

impl Journal {
    /// A journal whose changes will be committed.
    pub(crate) fn recording() -> Self {
        Self { recording: true, changes: Vec::new() }
    }

    /// A journal of an ephemeral sandbox: it forgets, and spares the serialising.
    pub(crate) fn forgetting() -> Self {
        Self { recording: false, changes: Vec::new() }
    }

    /// Writes a row.
    pub(crate) fn put<T: Serialize>(&mut self, table: &'static str, key: impl Into<String>, row: &T) {
        if self.recording {
            let value = serde_json::to_string(row).expect("a row has string keys only");
            self.changes.push(Change::Put { table, key: key.into(), value });
        }
    }

    /// Removes a row.
    pub(crate) fn delete(&mut self, table: &'static str, key: impl Into<String>) {
        if self.recording {
            self.changes.push(Change::Delete { table, key: key.into() });
        }
    }

    /// What was collected.
    pub(crate) fn into_changes(self) -> Vec<Change> {
        self.changes
    }
}
