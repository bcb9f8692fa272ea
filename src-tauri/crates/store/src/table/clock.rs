//! Table `clock`: the wall time at which this computer started, as all programs of one boot agreed on it.

use rusqlite::OptionalExtension;
use waybill_domain::Timestamp;

use crate::migrate::Migration;
use crate::{Mut, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-98-clock",
    sql: "CREATE TABLE clock (
            boot TEXT PRIMARY KEY,
            started INTEGER NOT NULL
          ) STRICT;",
}];

impl Mut<'_> {
    /// Agrees on when this computer started: what was agreed on before while a run is open, else what the caller makes of the wall clock.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn agree_on_clock(&mut self, boot: &str, started: Timestamp) -> Result<Timestamp, StoreError> {
        let mut kept =
            self.0.prepare_cached("SELECT started FROM clock WHERE boot = ?1 AND EXISTS (SELECT 1 FROM run WHERE closed_at IS NULL)")?;
        if let Some(kept) = kept.query_row([boot], |row| column::time(row, "started")).optional()? {
            return Ok(kept);
        }
        let mut statement = self.0.prepare_cached(
            "INSERT INTO clock (boot, started) VALUES (?1, ?2) ON CONFLICT (boot) DO UPDATE SET started = excluded.started",
        )?;
        statement.execute((boot, started.as_millis()))?;
        Ok(started)
    }
}
