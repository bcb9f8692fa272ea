//! Table `run_drift`: where the live chain differed from the recorded one when a run began, a sentence each.

use rusqlite::OptionalExtension;
use waybill_domain::RunId;

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-94-run-drift",
    sql: "CREATE TABLE run_drift (
            run TEXT NOT NULL PRIMARY KEY REFERENCES run (uuid) ON DELETE CASCADE,
            sentences TEXT NOT NULL
          ) STRICT;",
}];

impl Ref<'_> {
    /// Where the chain had drifted when a run began; empty when it was as recorded.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn run_drift(&self, run: RunId) -> Result<Vec<String>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT sentences FROM run_drift WHERE run = ?1")?;
        let found = statement.query_row([run.to_string()], |row| column::json(row, "sentences")).optional()?;
        Ok(found.unwrap_or_default())
    }
}

impl Mut<'_> {
    /// Keeps where the chain had drifted when a run began.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the run is not there.
    pub(crate) fn set_run_drift(&mut self, run: RunId, sentences: &[String]) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached("INSERT OR REPLACE INTO run_drift (run, sentences) VALUES (?1, ?2)")?;
        let missing = || format!("run {run} is not there");
        let written = statement.execute((run.to_string(), column::to_json(&sentences)?));
        written.map(drop).map_err(|error| StoreError::conflict(error, missing))
    }
}
