//! Keeps the write-ahead log short without keeping its writer waiting.
//!
//! SQLite copies the log into the file when a commit has made it long, and the commit waits until the disk has all of it: in a burst a
//! third of the time. Here a thread copies beside the writer. It is always a little behind, so that under writes without a pause the log
//! would never begin anew; the writer copies the small rest itself when the log has become long all the same.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;

use crate::connect;

/// So many pages in the log that are not in the file are worth a copy (16 MB).
const WORTH_A_COPY: i64 = 4_000;

/// So many pages in the log are too many (64 MB).
const TOO_MANY: i64 = 16_000;

/// So many pages later the writer tries again, where somebody who still reads keeps the log from beginning anew.
const TRY_AGAIN: i64 = 1_000;

/// The pages of the log.
#[derive(Debug, Clone, Copy)]
struct Log {
    /// Whether somebody else is copying.
    is_busy: bool,
    pages: i64,
    copied: i64,
}

impl Log {
    /// How long it is, after a checkpoint in this mode; `NOOP` copies nothing.
    fn after(connection: &Connection, mode: &str) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare_cached(&format!("PRAGMA wal_checkpoint({mode})"))?;
        statement.query_row([], |row| Ok(Self { is_busy: row.get(0)?, pages: row.get(1)?, copied: row.get(2)? }))
    }
}

/// Copies the log of one file.
#[derive(Debug)]
pub(crate) struct Checkpoints {
    file: PathBuf,
    beside: Mutex<Option<JoinHandle<()>>>,
    /// How long the log was when the writer last copied the rest of it.
    tried_at: AtomicI64,
}

impl Checkpoints {
    pub(crate) fn of(file: PathBuf) -> Self {
        Self { file, beside: Mutex::default(), tried_at: AtomicI64::new(0) }
    }

    /// Sees to the log after a commit of the connection that writes.
    pub(crate) fn look(&self, writer: &Connection) {
        if let Err(error) = self.see_to(writer) {
            // The commit stands; the next one tries again.
            tracing::debug!(%error, "the write-ahead log could not be looked at");
        }
    }

    fn see_to(&self, writer: &Connection) -> rusqlite::Result<()> {
        let log = Log::after(writer, "NOOP")?;
        let tried_at = self.tried_at.load(Ordering::Relaxed);
        if log.pages < tried_at {
            self.tried_at.store(0, Ordering::Relaxed);
        }
        if log.pages >= TOO_MANY.max(tried_at + TRY_AGAIN) {
            if !Log::after(writer, "PASSIVE")?.is_busy {
                self.tried_at.store(log.pages, Ordering::Relaxed);
            }
        } else if log.pages - log.copied >= WORTH_A_COPY {
            self.copy_beside();
        }
        Ok(())
    }

    fn copy_beside(&self) {
        let mut beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        if beside.as_ref().is_some_and(|thread| !thread.is_finished()) {
            return;
        }
        let file = self.file.clone();
        let copy = move || {
            if let Err(error) = connect::writer(&file).and_then(|connection| Log::after(&connection, "PASSIVE")) {
                tracing::debug!(%error, "the write-ahead log could not be copied");
            }
        };
        // Where no thread can be had the writer copies when the log has become long.
        *beside = std::thread::Builder::new().name("waybill-checkpoint".to_owned()).spawn(copy).ok();
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        let beside = self.beside.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if beside.is_some_and(|thread| thread.join().is_err()) {
            tracing::debug!("the copying of the write-ahead log ended badly");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Store;

    #[test]
    fn writes_without_a_pause_do_not_let_the_log_grow_without_end() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let thousand_pages = "x".repeat(4_000_000);
        for key in 0..30 {
            store.write_here(|db| db.set_setting(&key.to_string(), &thousand_pages)).unwrap();
        }
        let log = std::fs::metadata(folder.path().join(format!("{}-wal", Store::FILE))).unwrap().len();
        assert!(log < 100_000_000, "{log} bytes: the log begins anew, or it would have 120 million");
        let kept = store.read_here(|db| db.setting::<String>("29")).unwrap();
        assert_eq!(kept.map(|text| text.len()), Some(4_000_000), "what was written is there, wherever it lies");
    }
}
