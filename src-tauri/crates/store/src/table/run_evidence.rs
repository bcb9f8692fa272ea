//! Table `run_evidence`: under which circumstances a run was made, and the seal that its close put on everything kept of it.

use rusqlite::{OptionalExtension, Row};
use waybill_domain::{RunId, Timestamp};

use crate::migrate::Migration;
use crate::seal::{self, Links};
use crate::{Mut, Ref, RunRow, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-96-run-evidence",
    sql: "CREATE TABLE run_evidence (
            run TEXT NOT NULL PRIMARY KEY REFERENCES run (uuid) ON DELETE CASCADE,
            version TEXT NOT NULL,
            circumstances TEXT NOT NULL,
            clock_at_close INTEGER,
            sha256 TEXT
          ) STRICT, WITHOUT ROWID;
          INSERT INTO run_evidence (run, version, circumstances, sha256) SELECT uuid, '', '', '' FROM run WHERE closed_at IS NOT NULL;",
}];

/// Under which circumstances a run is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// Waybill's version.
    pub version: String,
    /// The chain and whatever else was read when the run began, as JSON.
    pub document: String,
    /// Where the live chain differed from the recorded one, a sentence each.
    pub drift: Vec<String>,
}

/// Whether everything that is kept of a run is as it was when the run was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealState {
    /// The run is open: there is no seal yet.
    Open,
    /// Everything is as it was sealed.
    Intact,
    /// Something was changed, removed or added.
    Altered,
    /// The run was closed by a version that did not seal.
    Unsealed,
}

/// The evidence of a run as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Waybill's version when the run was made; empty before versions were kept.
    pub version: String,
    /// The circumstances, as JSON; empty before they were kept.
    pub document: String,
    /// What the computer's clock said at the close, which may have been set meanwhile; the run's own times are carried on by the
    /// monotonic clock.
    pub clock_at_close: Option<Timestamp>,
    /// The seal in hexadecimal digits, once the run is closed.
    pub sha256: Option<String>,
}

fn evidence(row: &Row<'_>) -> rusqlite::Result<EvidenceRow> {
    Ok(EvidenceRow {
        version: row.get("version")?,
        document: row.get("circumstances")?,
        clock_at_close: column::time_or_null(row, "clock_at_close")?,
        sha256: row.get("sha256")?,
    })
}

impl Ref<'_> {
    /// The evidence of a run; none where it was never kept, or is gone.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn run_evidence(&self, run: RunId) -> Result<Option<EvidenceRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM run_evidence WHERE run = ?1")?;
        Ok(statement.query_row([run.to_string()], evidence).optional()?)
    }

    /// Whether a run's records are what was sealed. Reads all of them, one by one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn seal_state(&self, run: &RunRow) -> Result<SealState, StoreError> {
        let kept = self.run_evidence(run.new.run)?.and_then(|evidence| evidence.sha256);
        if run.closed_at.is_none() {
            // An open run has no seal; one that has is a closed one that was opened again.
            return Ok(if kept.is_some() { SealState::Altered } else { SealState::Open });
        }
        match kept.as_deref() {
            None => Ok(SealState::Altered),
            Some("") => Ok(SealState::Unsealed),
            Some(kept) => {
                let is_as_sealed = run.amended == self.has_amendments(run.number)? && seal::of(self, run)? == kept;
                Ok(if is_as_sealed { SealState::Intact } else { SealState::Altered })
            }
        }
    }
}

impl Mut<'_> {
    /// Keeps the circumstances of a run that begins.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn insert_circumstances(&mut self, run: RunId, circumstances: &Circumstances) -> Result<(), StoreError> {
        let sql = "INSERT INTO run_evidence (run, version, circumstances) VALUES (?1, ?2, ?3)";
        self.0.execute(sql, (run.to_string(), &circumstances.version, &circumstances.document))?;
        if !circumstances.drift.is_empty() {
            self.set_run_drift(run, &circumstances.drift)?;
        }
        Ok(())
    }

    /// Seals a run that was just closed, in the same transaction; `clock` is what the computer's clock says.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn seal_run(&mut self, run: RunId, clock: Timestamp) -> Result<(), StoreError> {
        let kept = "INSERT INTO run_evidence (run, version, circumstances, clock_at_close) VALUES (?1, '', '', ?2)
                    ON CONFLICT (run) DO UPDATE SET clock_at_close = excluded.clock_at_close";
        self.0.execute(kept, (run.to_string(), clock.as_millis()))?;
        let row = self.read().run(run)?.ok_or_else(|| StoreError::NotFound { what: format!("run {run}") })?;
        let sha256 = seal::of(&self.read(), &row)?;
        self.0.execute("UPDATE run_evidence SET sha256 = ?2 WHERE run = ?1", (run.to_string(), sha256))?;
        Ok(())
    }

    /// Takes a copy that came after the close into the seal; a run without a seal stays without.
    pub(crate) fn extend_seal(&mut self, run: i64, arrival: i64) -> Result<(), StoreError> {
        let mut find = self.0.prepare_cached("SELECT e.run, e.sha256 FROM run_evidence e JOIN run r ON r.uuid = e.run WHERE r.id = ?1")?;
        let found: Option<(String, Option<String>)> = find.query_row([run], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        drop(find);
        let Some((uuid, Some(sealed))) = found else { return Ok(()) };
        let Some(mut links) = Links::from_hex(&sealed) else { return Ok(()) };
        seal::add_amendment(&self.read(), arrival, &mut links)?;
        self.0.execute("UPDATE run_evidence SET sha256 = ?2 WHERE run = ?1", (uuid, links.to_hex()))?;
        Ok(())
    }
}
