//! Table `template`: details that were saved under a name, to be published again and again.

use rusqlite::{OptionalExtension, Row};
use waybill_domain::{EventType, Timestamp};

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-98-template",
    sql: "CREATE TABLE template (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            event_type TEXT NOT NULL,
            detail TEXT NOT NULL,
            saved_at INTEGER NOT NULL
          ) STRICT;",
}];

/// A template as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    /// Its number.
    pub id: i64,
    /// Its name; no other has it, in whatever case.
    pub name: String,
    /// The event type that it is for.
    pub event_type: EventType,
    /// The detail as typed.
    pub detail: String,
    /// When it was last saved.
    pub saved_at: Timestamp,
}

impl TemplateRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            event_type: column::parsed(row, "event_type")?,
            detail: row.get("detail")?,
            saved_at: column::time(row, "saved_at")?,
        })
    }
}

impl Ref<'_> {
    /// All templates by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn templates(&self) -> Result<Vec<TemplateRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM template ORDER BY name")?;
        Ok(statement.query_map([], TemplateRow::read)?.collect::<Result<_, _>>()?)
    }

    /// The template with this number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn template(&self, id: i64) -> Result<Option<TemplateRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM template WHERE id = ?1")?;
        Ok(statement.query_row([id], TemplateRow::read).optional()?)
    }
}

impl Mut<'_> {
    /// Saves a template, over an earlier one of the same name.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn save_template(&mut self, name: &str, event: EventType, detail: &str, now: Timestamp) -> Result<TemplateRow, StoreError> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO template (name, event_type, detail, saved_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (name) DO UPDATE SET name = excluded.name, event_type = excluded.event_type, detail = excluded.detail,
             saved_at = excluded.saved_at RETURNING *",
        )?;
        Ok(statement.query_row((name, event.as_str(), detail, now.as_millis()), TemplateRow::read)?)
    }

    /// Deletes a template; nothing happens when there is none.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn delete_template(&mut self, id: i64) -> Result<(), StoreError> {
        self.0.execute("DELETE FROM template WHERE id = ?1", [id])?;
        Ok(())
    }
}
