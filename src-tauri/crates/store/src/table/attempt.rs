//! Table `attempt`: how often an event was sent before, a row for each attempt that another one followed. The last attempt is in the
//! event's own row, so that what is sent once, as nearly everything is, costs nothing here.

use rusqlite::Row;
use waybill_domain::{Sending, Timestamp};

use super::publication::sending;
use crate::migrate::Migration;
use crate::{Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-95-attempt",
    // A trigger, because no write may send an event again without leaving the attempt before on the record.
    sql: "CREATE TABLE attempt (
            publication_id INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            left_at INTEGER NOT NULL,
            answered_at INTEGER,
            state TEXT NOT NULL,
            code TEXT,
            message TEXT,
            request_id TEXT,
            PRIMARY KEY (publication_id, number)
          ) STRICT, WITHOUT ROWID;
          CREATE TRIGGER publication_sent_again BEFORE UPDATE OF attempts ON publication
          WHEN OLD.attempts > 0 AND NEW.attempts > OLD.attempts
          BEGIN
            INSERT INTO attempt (publication_id, number, left_at, answered_at, state, code, message, request_id)
            VALUES (OLD.id, OLD.attempts, OLD.left_at, OLD.answered_at, OLD.state, OLD.code, OLD.message, OLD.request_id);
          END;",
}];

/// One attempt to put an event on the bus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRow {
    /// Its number, from 1.
    pub number: u32,
    /// When its request left, or was about to.
    pub left_at: Timestamp,
    /// When its outcome was known; none while it is not.
    pub answered_at: Option<Timestamp>,
    /// What became of it.
    pub sending: Sending,
    /// AWS's id of the request.
    pub request_id: Option<String>,
}

impl AttemptRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            left_at: column::time(row, "left_at")?,
            answered_at: column::time_or_null(row, "answered_at")?,
            sending: sending(row)?,
            request_id: row.get("request_id")?,
        })
    }
}

impl Ref<'_> {
    /// Every attempt to put an event on the bus, the first one first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn attempts_of(&self, publication: i64) -> Result<Vec<AttemptRow>, StoreError> {
        let mut statement = self.0.prepare_cached(
            "SELECT number, left_at, answered_at, state, code, message, request_id, NULL AS event_id
             FROM attempt WHERE publication_id = ?1
             UNION ALL
             SELECT attempts, left_at, answered_at, state, code, message, request_id, event_id
             FROM publication WHERE id = ?1 AND attempts > 0 ORDER BY number",
        )?;
        Ok(statement.query_map([publication], AttemptRow::read)?.collect::<Result<_, _>>()?)
    }
}
