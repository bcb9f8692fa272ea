//! Table `setting`: what the administrator set, by key. Values are JSON; secrets never lie here.

use rusqlite::OptionalExtension;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-6-setting",
    sql: "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;",
}];

impl Ref<'_> {
    /// The value of a setting; none when it was never set.
    ///
    /// # Errors
    /// When the store cannot be read, or the value is not a `T`.
    pub fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| column::json(row, "value")).optional()?)
    }
}

impl Mut<'_> {
    /// Sets a setting.
    ///
    /// # Errors
    /// When the value cannot be written as JSON, or the store cannot be written.
    pub fn set_setting<T: Serialize>(&mut self, key: &str, value: &T) -> Result<(), StoreError> {
        let mut statement = self
            .0
            .prepare_cached("INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")?;
        statement.execute((key, column::to_json(value)?))?;
        Ok(())
    }

    /// Forgets a setting, so that its default is in force again.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn clear_setting(&mut self, key: &str) -> Result<(), StoreError> {
        self.0.execute("DELETE FROM setting WHERE key = ?1", [key])?;
        Ok(())
    }
}
