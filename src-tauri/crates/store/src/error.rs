//! What can go wrong with the file and with a statement.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;

/// A data folder could not be opened. Every message begins with the field it is about.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Something that is not a folder is where the data folder should be.
    #[error("data folder: {} is not a folder; choose another with --data-dir", path.display())]
    NotAFolder {
        /// The data folder as given.
        path: PathBuf,
    },
    /// The data folder is not there and cannot be made.
    #[error("data folder: {} cannot be made", path.display())]
    NotMade {
        /// The data folder as given.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Nothing can be written into the data folder.
    #[error("data folder: {} cannot be written to", path.display())]
    NotWritable {
        /// The data folder as given.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file was written by a newer version of Waybill; it is left as it is.
    #[error("data folder: {} was written by a newer version of Waybill (schema {found}, this version knows {known}); update Waybill or choose another data folder", path.display())]
    Newer {
        /// The database file.
        path: PathBuf,
        /// How many migrations the file has.
        found: i64,
        /// How many migrations this version knows.
        known: i64,
    },
    /// A migration that the file has differs from the one that this version knows; the file is left as it is.
    #[error("data folder: {} has another migration `{id}` than this version of Waybill; it was made by a different build", path.display())]
    Edited {
        /// The database file.
        path: PathBuf,
        /// The migration that differs.
        id: String,
    },
    /// The file is not an SQLite database.
    #[error("data folder: {} is not a Waybill database", path.display())]
    NotADatabase {
        /// The database file.
        path: PathBuf,
    },
    /// SQLite could not open, read or migrate the file.
    #[error("data folder: {} cannot be opened", path.display())]
    Sqlite {
        /// The database file.
        path: PathBuf,
        /// SQLite's own words.
        #[source]
        source: rusqlite::Error,
    },
}

/// A read or a write of the store failed; a failed write changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// What was to be stored is there already, or something else still needs what was to be removed.
    #[error("{what}")]
    Conflict {
        /// The whole sentence, for example ``an alert action named `Ops` is already there``.
        what: String,
    },
    /// What was asked for is not there.
    #[error("there is no {what}")]
    NotFound {
        /// What was asked for, for example ``alert action `Ops` ``.
        what: String,
    },
    /// A value could not be written as JSON.
    #[error("a value cannot be stored as JSON")]
    Json(#[from] serde_json::Error),
    /// Another program held the file longer than the time-out of 10 s.
    #[error("the store is in use by another program")]
    Busy(#[source] rusqlite::Error),
    /// SQLite refused, or a stored value cannot be read.
    #[error("the store cannot be read or written")]
    Sqlite(#[source] rusqlite::Error),
    /// The program is ending and takes no more work.
    #[error("the program is ending; nothing was stored")]
    Ending,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(error),
            _ => Self::Sqlite(error),
        }
    }
}

impl StoreError {
    /// Turns a broken uniqueness or reference into a [`StoreError::Conflict`] with the sentence of `what`.
    pub(crate) fn conflict(error: rusqlite::Error, what: impl FnOnce() -> String) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => Self::Conflict { what: what() },
            _ => error.into(),
        }
    }
}
