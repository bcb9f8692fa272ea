//! Counters: numbers that are never given twice in a data folder, not even after their owner is gone.

use crate::migrate::Migration;
use crate::{Mut, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-0-sequence",
    sql: "CREATE TABLE sequence (name TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;
          INSERT INTO sequence (name, next) VALUES ('alert_source', 2193327), ('incident', 3710705);",
}];

impl Mut<'_> {
    /// Takes `count` numbers in a row and returns the first.
    pub(crate) fn take_numbers(&mut self, sequence: &str, count: i64) -> Result<i64, StoreError> {
        let mut statement = self.0.prepare_cached("UPDATE sequence SET next = next + ?2 WHERE name = ?1 RETURNING next - ?2")?;
        Ok(statement.query_row((sequence, count), |row| row.get(0))?)
    }
}
