//! Table `draft`: what was typed and not yet applied, by key, so that a set-up can be left and resumed. Values are JSON.

use rusqlite::OptionalExtension;
use serde::Serialize;
use serde::de::DeserializeOwned;
use waybill_domain::Timestamp;

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-8-draft",
    sql: "CREATE TABLE draft (key TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;",
}];

/// A draft as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow<T> {
    /// What was typed.
    pub value: T,
    /// When it was last saved.
    pub updated_at: Timestamp,
}

impl Ref<'_> {
    /// The draft under `key`, if one was saved.
    ///
    /// # Errors
    /// When the store cannot be read, or the draft is not a `T`.
    pub fn draft<T: DeserializeOwned>(&self, key: &str) -> Result<Option<DraftRow<T>>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT value, updated_at FROM draft WHERE key = ?1")?;
        let read =
            |row: &rusqlite::Row<'_>| Ok(DraftRow { value: column::json(row, "value")?, updated_at: column::time(row, "updated_at")? });
        Ok(statement.query_row([key], read).optional()?)
    }
}

impl Mut<'_> {
    /// Saves a draft over an earlier one.
    ///
    /// # Errors
    /// When the value cannot be written as JSON, or the store cannot be written.
    pub fn save_draft<T: Serialize>(&mut self, key: &str, value: &T, now: Timestamp) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO draft (key, value, updated_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
        )?;
        statement.execute((key, column::to_json(value)?, now.as_millis()))?;
        Ok(())
    }

    /// Throws a draft away; nothing happens when there is none.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn discard_draft(&mut self, key: &str) -> Result<(), StoreError> {
        self.0.execute("DELETE FROM draft WHERE key = ?1", [key])?;
        Ok(())
    }
}
