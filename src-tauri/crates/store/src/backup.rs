//! Copies of the whole file, made while it is in use.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::handle::{Ended, off_thread};
use crate::{Store, StoreError, connect, guard};

/// A backup could not be made; nothing lies at its path then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something at the path already; it is left as it is.
    #[error("backup file: {} is there already", path.display())]
    Exists {
        /// Where the backup was to lie.
        path: PathBuf,
    },
    /// The file cannot be written.
    #[error("backup file: {} cannot be written", path.display())]
    NotWritten {
        /// Where the backup was to lie.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The store could not be copied.
    #[error("the store cannot be copied")]
    Store(#[from] StoreError),
}

impl From<Ended> for BackupError {
    fn from(_: Ended) -> Self {
        Self::Store(StoreError::Ending)
    }
}

impl Store {
    /// Copies the store as it is now to a new file, readable by its owner only; work on the store goes on meanwhile.
    ///
    /// # Errors
    /// When the path is taken or cannot be written, or the store cannot be read.
    pub async fn backup(&self, to: &Path) -> Result<(), BackupError> {
        let (from, to) = (self.data_dir().join(Self::FILE), to.to_owned());
        off_thread(move || copy(&from, &to)).await
    }
}

/// Copies beside the path first, so that a file at the path is always a whole one.
fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    if to.exists() {
        return Err(BackupError::Exists { path: to.to_owned() });
    }
    let mut partial = to.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let not_written = |source| BackupError::NotWritten { path: to.to_owned(), source };
    drop(guard::open_private(&partial).map_err(not_written)?);
    let outcome = copy_pages(from, &partial)
        .map_err(|error| BackupError::Store(error.into()))
        .and_then(|()| std::fs::rename(&partial, to).map_err(not_written));
    if outcome.is_err() {
        // The reason of the failure is what the caller needs; a left-over is overwritten by the next backup.
        let _ = std::fs::remove_file(&partial);
    }
    outcome
}

fn copy_pages(from: &Path, to: &Path) -> rusqlite::Result<()> {
    let source = connect::reader(from)?;
    let mut target = Connection::open(to)?;
    let copying = Backup::new(&source, &mut target)?;
    // All pages in one step: one snapshot, and in WAL mode nobody waits for it.
    copying.step(-1)?;
    drop(copying);
    target.close().map_err(|(_, error)| error)
}
