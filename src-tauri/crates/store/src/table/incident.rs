//! Table `incident`: incidents and where they stand. Their numbers are never used twice in a data folder.

use rusqlite::{OptionalExtension, Row};
use waybill_domain::{AlertSourceId, Incident, IncidentId, Timestamp};

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-4-incident",
    sql: "CREATE TABLE incident (
            id INTEGER PRIMARY KEY,
            alert_source_id INTEGER NOT NULL REFERENCES alert_source (id),
            summary TEXT NOT NULL,
            details TEXT NOT NULL,
            reported_at INTEGER NOT NULL,
            status TEXT NOT NULL,
            priority TEXT NOT NULL,
            assigned_to TEXT,
            changed_at INTEGER NOT NULL
          ) STRICT;
          CREATE INDEX incident_alert_source ON incident (alert_source_id, id);",
}];

/// An incident as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentRow {
    /// The incident as it stands.
    pub incident: Incident,
    /// The alert source that it was raised on.
    pub alert_source: AlertSourceId,
    /// When it last moved.
    pub changed_at: Timestamp,
}

impl IncidentRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            incident: Incident {
                id: IncidentId(row.get("id")?),
                summary: row.get("summary")?,
                details: row.get("details")?,
                reported_at: column::time(row, "reported_at")?,
                status: column::json(row, "status")?,
                priority: column::json(row, "priority")?,
                assigned_to: column::json_or_null(row, "assigned_to")?,
            },
            alert_source: AlertSourceId(row.get("alert_source_id")?),
            changed_at: column::time(row, "changed_at")?,
        })
    }
}

impl Ref<'_> {
    /// The incident with this number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn incident(&self, id: IncidentId) -> Result<Option<IncidentRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM incident WHERE id = ?1")?;
        Ok(statement.query_row([id.0], IncidentRow::read).optional()?)
    }

    /// The newest incidents of an alert source, newest first; at most `limit`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn incidents_of(&self, source: AlertSourceId, limit: u32) -> Result<Vec<IncidentRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM incident WHERE alert_source_id = ?1 ORDER BY id DESC LIMIT ?2")?;
        Ok(statement.query_map((source.0, limit), IncidentRow::read)?.collect::<Result<_, _>>()?)
    }
}

impl Mut<'_> {
    /// Takes `count` incident numbers in a row and returns the first; they are never given again, used or not.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn take_incident_ids(&mut self, count: u32) -> Result<IncidentId, StoreError> {
        self.take_numbers("incident", i64::from(count)).map(IncidentId)
    }

    /// Keeps an incident as it stands: a new one is added, one that is there is brought up to date.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when its alert source is not there.
    pub fn save_incident(&mut self, source: AlertSourceId, incident: &Incident, now: Timestamp) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO incident (id, alert_source_id, summary, details, reported_at, status, priority, assigned_to, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (id) DO UPDATE SET summary = excluded.summary, details = excluded.details, status = excluded.status,
             priority = excluded.priority, assigned_to = excluded.assigned_to, changed_at = excluded.changed_at",
        )?;
        let values = (
            incident.id.0,
            source.0,
            &incident.summary,
            &incident.details,
            incident.reported_at.as_millis(),
            column::to_json(&incident.status)?,
            column::to_json(&incident.priority)?,
            incident.assigned_to.as_ref().map(column::to_json).transpose()?,
            now.as_millis(),
        );
        let missing = || format!("alert source {source} of the incident is not there");
        statement.execute(values).map(drop).map_err(|error| StoreError::conflict(error, missing))
    }
}
