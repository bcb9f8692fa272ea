//! Table `probe`: what is changed on AWS for one run only, recorded before it is made and until it is gone or put back.

use rusqlite::Row;
use waybill_domain::{AccountId, QueueName, Region, RuleName, RunId, Timestamp};

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        id: "2026-11-23-98-probe",
        sql: "CREATE TABLE probe (
            id TEXT NOT NULL PRIMARY KEY,
            run TEXT NOT NULL,
            connection TEXT NOT NULL,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            bus TEXT NOT NULL,
            rule TEXT NOT NULL,
            recorded_at INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;",
    },
    Migration {
        id: "2026-11-28-11-probe-twin",
        sql: "ALTER TABLE probe ADD COLUMN twin INTEGER NOT NULL DEFAULT 0 CHECK (twin IN (0, 1));
          ALTER TABLE probe ADD COLUMN shared_queue TEXT;",
    },
    Migration { id: "2026-11-28-31-probe-logging", sql: "ALTER TABLE probe ADD COLUMN log_before TEXT;" },
];

/// A probe as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeRow {
    /// Its id; a lock of the same name says that somebody uses it.
    pub id: RunId,
    /// The run that reads it.
    pub run: RunId,
    /// The connection that it is made on.
    pub connection: String,
    /// The account of rule and queue.
    pub account: AccountId,
    /// The region of rule and queue.
    pub region: Region,
    /// The bus of the rule.
    pub bus: String,
    /// The rule.
    pub rule: RuleName,
    /// Whether bus and rule are temporary, too: the twin of a rehearsal.
    pub twin: bool,
    /// The queue of the chain that a twin sends to; none means a queue of its own.
    pub shared_queue: Option<QueueName>,
    /// How the bus logged before, as JSON, where nothing but its logging is switched on.
    pub log_before: Option<String>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

impl ProbeRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: column::parsed(row, "id")?,
            run: column::parsed(row, "run")?,
            connection: row.get("connection")?,
            account: column::parsed(row, "account")?,
            region: column::parsed(row, "region")?,
            bus: row.get("bus")?,
            rule: column::parsed(row, "rule")?,
            twin: row.get("twin")?,
            shared_queue: column::parsed_or_null(row, "shared_queue")?,
            log_before: row.get("log_before")?,
            recorded_at: column::time(row, "recorded_at")?,
        })
    }
}

impl Ref<'_> {
    /// The probes that were recorded on a connection and are not known to be gone, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn probes(&self, connection: &str) -> Result<Vec<ProbeRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM probe WHERE connection = ?1 ORDER BY recorded_at, id")?;
        Ok(statement.query_map([connection], ProbeRow::read)?.collect::<Result<_, _>>()?)
    }
}

impl Mut<'_> {
    /// Records a probe, before anything of it is made.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn insert_probe(&mut self, probe: &ProbeRow) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO probe (id, run, connection, account, region, bus, rule, recorded_at, twin, shared_queue, log_before)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        statement.execute((
            probe.id.to_string(),
            probe.run.to_string(),
            &probe.connection,
            probe.account.as_str(),
            probe.region.as_str(),
            &probe.bus,
            probe.rule.as_str(),
            probe.recorded_at.as_millis(),
            probe.twin,
            probe.shared_queue.as_ref().map(QueueName::as_str),
            probe.log_before.as_deref(),
        ))?;
        Ok(())
    }

    /// Forgets a probe that is gone.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn delete_probe(&mut self, id: RunId) -> Result<(), StoreError> {
        self.0.execute("DELETE FROM probe WHERE id = ?1", [id.to_string()])?;
        Ok(())
    }
}
