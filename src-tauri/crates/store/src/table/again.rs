//! Table `again`: runs that publish an earlier event once more, and which event that was.

use rusqlite::OptionalExtension;
use waybill_domain::RunId;

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-97-again",
    sql: "CREATE TABLE again (
            run TEXT NOT NULL PRIMARY KEY REFERENCES run (uuid) ON DELETE CASCADE,
            publication_id INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE
          ) STRICT;
          CREATE INDEX again_publication ON again (publication_id);",
}];

impl Ref<'_> {
    /// The event that a run publishes once more; none when it publishes something new.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn first_attempt(&self, run: RunId) -> Result<Option<i64>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT publication_id FROM again WHERE run = ?1")?;
        Ok(statement.query_row([run.to_string()], |row| row.get(0)).optional()?)
    }

    /// The events that publish this one once more, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn further_attempts(&self, publication: i64) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.0.prepare_cached(
            "SELECT p.id FROM again a JOIN run r ON r.uuid = a.run JOIN publication p ON p.run_id = r.id AND p.entry = 0
             WHERE a.publication_id = ?1 ORDER BY p.id",
        )?;
        Ok(statement.query_map([publication], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}

impl Mut<'_> {
    /// Keeps that a run publishes an earlier event once more.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of them is not there.
    pub fn set_first_attempt(&mut self, run: RunId, publication: i64) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached("INSERT OR REPLACE INTO again (run, publication_id) VALUES (?1, ?2)")?;
        let missing = || format!("run {run} or delivery {publication} is not there");
        statement.execute((run.to_string(), publication)).map(drop).map_err(|error| StoreError::conflict(error, missing))
    }
}
