//! `sandbox.db`: one table of JSON rows per kind.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::Change;
use crate::{events, faults, iam, kms, sqs};

/// Raised whenever a row's shape changes in a way that older code cannot read.
const VERSION: i64 = 1;

/// Bytes of the write-ahead log that are kept from one checkpoint to the next.
const LOG_KEPT: i64 = 4 * 1024 * 1024;

/// Pages of deleted rows that the file keeps for new ones: 4 MiB.
const FREE_KEPT: i64 = 1024;

/// Pages that are given back at once: 1 MiB, some milliseconds.
const GIVEN_BACK: i64 = 256;

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// SQLite refused.
    #[error("the sandbox's database cannot be used")]
    Sqlite(#[from] rusqlite::Error),
    /// A row is not what was written.
    #[error("row {key} of table {table} cannot be read")]
    Row {
        /// The table.
        table: &'static str,
        /// Its key.
        key: String,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// A row can be read but does not fit the others.
    #[error("row {key} of table {table} cannot be used: {reason}")]
    Broken {
        /// The table.
        table: &'static str,
        /// Its key.
        key: String,
        /// What does not fit.
        reason: String,
    },
    /// The file was written by a newer Waybill.
    #[error("the sandbox's database is of version {found}, this Waybill reads up to version {VERSION}; use the newer Waybill")]
    Newer {
        /// The file's version.
        found: i64,
    },
}

/// The open database.
#[derive(Debug)]
pub(crate) struct Database {
    connection: Connection,
}

impl Database {
    /// Opens or makes the file; a file of a newer version is left unchanged.
    pub(crate) fn open(path: &Path) -> Result<Self, DatabaseError> {
        let mut connection = Connection::open(path)?;
        let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if found > VERSION {
            return Err(DatabaseError::Newer { found });
        }
        connection.set_prepared_statement_cache_capacity(64);
        // While it is made nothing has been answered yet that could be lost.
        connection.pragma_update(None, "synchronous", "OFF")?;
        // Takes effect on an empty file only, and must come before the first page is written.
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        create_tables(&mut connection, found)?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "journal_size_limit", LOG_KEPT)?;
        Ok(Self { connection })
    }

    /// The connection, for reading at start.
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Gives some room of deleted rows back to the file system; false when there is none to give.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub(crate) fn give_back(&mut self) -> Result<bool, rusqlite::Error> {
        let free: i64 = self.connection.query_row("PRAGMA freelist_count", [], |row| row.get(0))?;
        if free <= FREE_KEPT {
            return Ok(false);
        }
        let pages = (free - FREE_KEPT).min(GIVEN_BACK);
        // The pragma frees a page with each step.
        let mut steps = self.connection.prepare(&format!("PRAGMA incremental_vacuum({pages})"))?;
        let mut rows = steps.query([])?;
        while rows.next()?.is_some() {}
        drop(rows);
        drop(steps);
        let left: i64 = self.connection.query_row("PRAGMA freelist_count", [], |row| row.get(0))?;
        // A file of an older Waybill cannot give anything back.
        Ok(left < free)
    }

    /// Commits these changes in order, all or none.
    pub(crate) fn commit<'a>(&mut self, changes: impl Iterator<Item = &'a Change>) -> Result<(), rusqlite::Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for change in changes {
            match change {
                Change::Put { table, key, value } => transaction.prepare_cached(&put_statement(table))?.execute([key, value])?,
                Change::Delete { table, key } => transaction.prepare_cached(&delete_statement(table))?.execute([key])?,
            };
        }
        transaction.commit()
    }
}

fn put_statement(table: &str) -> String {
    format!("INSERT INTO {table} (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
}

fn delete_statement(table: &str) -> String {
    format!("DELETE FROM {table} WHERE key = ?1")
}

fn create_tables(connection: &mut Connection, found: i64) -> Result<(), DatabaseError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for table in events::TABLES.iter().chain(kms::TABLES).chain(sqs::TABLES).chain(faults::TABLES).chain(iam::TABLES) {
        transaction
            .execute_batch(&format!("CREATE TABLE IF NOT EXISTS {table} (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT"))?;
    }
    if found != VERSION {
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Saved;

    fn put(key: &str, value: &str) -> Change {
        Change::Put { table: events::TABLES[0], key: key.into(), value: value.into() }
    }

    #[test]
    fn committed_rows_are_read_back_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sandbox.db");
        let changes =
            [put("b", "2"), put("a", "1"), put("b", "3"), put("c", "4"), Change::Delete { table: events::TABLES[0], key: "c".into() }];
        Database::open(&path).unwrap().commit(changes.iter()).unwrap();
        let reopened = Database::open(&path).unwrap();
        let rows: Vec<(String, i64)> = Saved::of(reopened.connection()).rows(events::TABLES[0]).unwrap();
        assert_eq!(rows, [("a".to_owned(), 1), ("b".to_owned(), 3)], "the last write counts");
    }

    #[test]
    fn room_of_deleted_rows_is_given_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sandbox.db");
        let mut database = Database::open(&path).unwrap();
        let long = format!("\"{}\"", "x".repeat(4000));
        let rows: Vec<Change> = (0..5000).map(|n| put(&n.to_string(), &long)).collect();
        database.commit(rows.iter()).unwrap();
        let pages = |database: &Database| database.connection().query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0)).unwrap();
        let full = pages(&database);
        let gone: Vec<Change> = (0..5000).map(|n| Change::Delete { table: events::TABLES[0], key: n.to_string() }).collect();
        database.commit(gone.iter()).unwrap();
        let mut steps = 0;
        while database.give_back().unwrap() {
            steps += 1;
        }
        assert!(steps > 1, "a little at a time");
        assert!(pages(&database) < FREE_KEPT + 200, "of {full} pages {} are left", pages(&database));
    }

    #[test]
    fn a_newer_file_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sandbox.db");
        Connection::open(&path).unwrap().pragma_update(None, "user_version", VERSION + 1).unwrap();
        let before = std::fs::read(&path).unwrap();
        let refused = Database::open(&path);
        assert!(matches!(refused, Err(DatabaseError::Newer { found }) if found == VERSION + 1));
        assert_eq!(std::fs::read(&path).unwrap(), before, "the file is unchanged");
    }
}
