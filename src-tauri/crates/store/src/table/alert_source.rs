//! Table `alert_source`: where incidents are raised. A deleted source is kept for its history; its number is never given again.

use rusqlite::{OptionalExtension, Row};
use waybill_domain::{AlertSource, AlertSourceId, Timestamp};

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-2-alert-source",
    sql: "CREATE TABLE alert_source (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            deleted_at INTEGER
          ) STRICT;
          CREATE UNIQUE INDEX alert_source_name ON alert_source (name) WHERE deleted_at IS NULL;",
}];

/// An alert source as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// The alert source.
    pub source: AlertSource,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
}

impl SourceRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            source: AlertSource { id: AlertSourceId(row.get("id")?), name: row.get("name")? },
            created_at: column::time(row, "created_at")?,
            deleted_at: column::time_or_null(row, "deleted_at")?,
        })
    }
}

impl Ref<'_> {
    /// All alert sources by name, deleted ones left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alert_sources(&self) -> Result<Vec<SourceRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM alert_source WHERE deleted_at IS NULL ORDER BY name")?;
        Ok(statement.query_map([], SourceRow::read)?.collect::<Result<_, _>>()?)
    }

    /// The alert source with this number, deleted or not.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alert_source(&self, id: AlertSourceId) -> Result<Option<SourceRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM alert_source WHERE id = ?1")?;
        Ok(statement.query_row([id.0], SourceRow::read).optional()?)
    }

    /// The alert source with this name, deleted ones left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alert_source_named(&self, name: &str) -> Result<Option<SourceRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM alert_source WHERE name = ?1 AND deleted_at IS NULL")?;
        Ok(statement.query_row([name], SourceRow::read).optional()?)
    }
}

impl Mut<'_> {
    /// Makes an alert source; its number follows the last one.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken.
    pub fn insert_alert_source(&mut self, name: &str, now: Timestamp) -> Result<AlertSource, StoreError> {
        let id = self.take_numbers("alert_source", 1)?;
        let mut statement = self.0.prepare_cached("INSERT INTO alert_source (id, name, created_at) VALUES (?1, ?2, ?3)")?;
        let taken = || format!("an alert source named `{name}` is already there");
        statement.execute((id, name, now.as_millis())).map_err(|error| StoreError::conflict(error, taken))?;
        Ok(AlertSource { id: AlertSourceId(id), name: name.to_owned() })
    }

    /// The alert source with this name, made where it is not there yet.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn alert_source_or_new(&mut self, name: &str, now: Timestamp) -> Result<AlertSource, StoreError> {
        match self.read().alert_source_named(name)? {
            Some(row) => Ok(row.source),
            None => self.insert_alert_source(name, now),
        }
    }

    /// Gives an alert source another name; `false` when there is none with this number.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken.
    pub fn rename_alert_source(&mut self, id: AlertSourceId, name: &str) -> Result<bool, StoreError> {
        let mut statement = self.0.prepare_cached("UPDATE alert_source SET name = ?2 WHERE id = ?1 AND deleted_at IS NULL")?;
        let taken = || format!("an alert source named `{name}` is already there");
        Ok(statement.execute((id.0, name)).map_err(|error| StoreError::conflict(error, taken))? > 0)
    }

    /// Marks an alert source as deleted; `false` when there is none with this number.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] while it has alert actions.
    pub fn delete_alert_source(&mut self, id: AlertSourceId, now: Timestamp) -> Result<bool, StoreError> {
        let actions = self.read().alert_actions_of(id)?;
        if let Some(first) = actions.first() {
            let name = &first.action.settings.name;
            return Err(StoreError::Conflict { what: format!("the alert source still has the alert action `{name}`; delete it first") });
        }
        let mut statement = self.0.prepare_cached("UPDATE alert_source SET deleted_at = ?2 WHERE id = ?1 AND deleted_at IS NULL")?;
        Ok(statement.execute((id.0, now.as_millis()))? > 0)
    }
}
