//! Table `run`: one proof of one alert action's chain. It is listed from before its first request.

use rusqlite::{OptionalExtension, Row};
use waybill_domain::{ActionId, Counts, Gap, Mode, QueueArn, ReadingPlan, RunId, Tally, Timestamp};

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        id: "2026-11-23-91-run",
        sql: "CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uuid TEXT NOT NULL UNIQUE,
            connection TEXT NOT NULL,
            mode TEXT NOT NULL,
            action_id TEXT NOT NULL,
            action_name TEXT NOT NULL,
            queue_url TEXT NOT NULL,
            queue_arn TEXT NOT NULL,
            transformer TEXT,
            timeout_ms INTEGER NOT NULL,
            total INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            closed_at INTEGER,
            proven INTEGER NOT NULL DEFAULT 0,
            amended INTEGER NOT NULL DEFAULT 0,
            tally TEXT,
            receives INTEGER NOT NULL DEFAULT 0,
            foreign_messages INTEGER NOT NULL DEFAULT 0,
            gaps TEXT NOT NULL DEFAULT '[]',
            read_through INTEGER,
            reads_until INTEGER
          ) STRICT;
          CREATE INDEX run_open ON run (queue_url, id) WHERE closed_at IS NULL;
          CREATE INDEX run_action ON run (action_id, id);
          CREATE INDEX run_reads_until ON run (queue_url, reads_until) WHERE reads_until IS NOT NULL;",
    },
    Migration {
        id: "2026-11-23-97-run-reading",
        sql: "ALTER TABLE run ADD COLUMN reading TEXT NOT NULL DEFAULT '{\"mode\":\"consume\"}';",
    },
];

/// A run to be kept, before anything of it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// Its id.
    pub run: RunId,
    /// The connection's name.
    pub connection: String,
    /// How its events come about.
    pub mode: Mode,
    /// The alert action's id; the action may be deleted, the run stays.
    pub action: ActionId,
    /// The alert action's name now.
    pub action_name: String,
    /// The queue's URL.
    pub queue_url: String,
    /// The queue's ARN.
    pub queue_arn: QueueArn,
    /// How the queue is read.
    pub reading: ReadingPlan,
    /// What on the target changes events.
    pub transformer: Option<String>,
    /// How long an event may take, in milliseconds.
    pub timeout_ms: i64,
    /// How many events it has.
    pub total: u64,
    /// When it begins.
    pub started_at: Timestamp,
}

/// The poller's part of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PollerRow {
    /// Receives completed.
    pub receives: u64,
    /// Distinct messages seen that are somebody else's.
    pub foreign: u64,
    /// Spans in which the queue was not read.
    pub gaps: Vec<Gap>,
    /// Every own message received up to here is committed.
    pub read_through: Option<Timestamp>,
    /// Until when one of its receives may be open.
    pub reads_until: Option<Timestamp>,
}

/// A run as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// Its number; later runs have greater ones.
    pub number: i64,
    /// What it was begun with.
    pub new: NewRun,
    /// When it was closed; none while it is open.
    pub closed_at: Option<Timestamp>,
    /// Its verdict; never true before it is closed.
    pub proven: bool,
    /// Whether something arrived after it was closed.
    pub amended: bool,
    /// Its verdicts, counted; while it is open, as whoever works on it last said.
    pub tally: Option<Tally>,
    /// The poller's part.
    pub poller: PollerRow,
}

impl RunRow {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let new = NewRun {
            run: column::parsed(row, "uuid")?,
            connection: row.get("connection")?,
            mode: column::parsed(row, "mode")?,
            action: column::parsed(row, "action_id")?,
            action_name: row.get("action_name")?,
            queue_url: row.get("queue_url")?,
            queue_arn: QueueArn::from_aws(row.get::<_, String>("queue_arn")?),
            reading: column::json(row, "reading")?,
            transformer: row.get("transformer")?,
            timeout_ms: row.get("timeout_ms")?,
            total: count(row, "total")?,
            started_at: column::time(row, "started_at")?,
        };
        let poller = PollerRow {
            receives: count(row, "receives")?,
            foreign: count(row, "foreign_messages")?,
            gaps: column::json(row, "gaps")?,
            read_through: column::time_or_null(row, "read_through")?,
            reads_until: column::time_or_null(row, "reads_until")?,
        };
        Ok(Self {
            number: row.get("id")?,
            new,
            closed_at: column::time_or_null(row, "closed_at")?,
            proven: row.get("proven")?,
            amended: row.get("amended")?,
            tally: column::json_or_null(row, "tally")?,
            poller,
        })
    }
}

fn count(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::unsigned_abs)
}

/// A count as SQLite keeps it.
pub(crate) fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl Ref<'_> {
    /// A run.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn run(&self, run: RunId) -> Result<Option<RunRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM run WHERE uuid = ?1")?;
        Ok(statement.query_row([run.to_string()], RunRow::read).optional()?)
    }

    /// The number of a run.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such run.
    pub fn run_number(&self, run: RunId) -> Result<i64, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT id FROM run WHERE uuid = ?1")?;
        let number = statement.query_row([run.to_string()], |row| row.get(0)).optional()?;
        number.ok_or_else(|| StoreError::NotFound { what: format!("run {run}") })
    }

    pub(crate) fn run_numbered(&self, number: i64) -> Result<Option<RunRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM run WHERE id = ?1")?;
        Ok(statement.query_row([number], RunRow::read).optional()?)
    }

    /// How long an event of a run may take, in milliseconds.
    ///
    /// # Errors
    /// When there is no such run, or the store cannot be read.
    pub fn timeout_of(&self, number: i64) -> Result<i64, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT timeout_ms FROM run WHERE id = ?1")?;
        Ok(statement.query_row([number], |row| row.get(0))?)
    }

    /// All runs, newest first; of one alert action, if named.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn runs(&self, action: Option<ActionId>) -> Result<Vec<RunRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM run WHERE ?1 IS NULL OR action_id = ?1 ORDER BY id DESC")?;
        Ok(statement.query_map([action.map(|id| id.to_string())], RunRow::read)?.collect::<Result<_, _>>()?)
    }

    /// The newest run of an alert action.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn newest_run(&self, action: ActionId) -> Result<Option<RunRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM run WHERE action_id = ?1 ORDER BY id DESC LIMIT 1")?;
        Ok(statement.query_row([action.to_string()], RunRow::read).optional()?)
    }

    /// The open runs, oldest first; of one queue, if named.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn open_runs(&self, queue_url: Option<&str>) -> Result<Vec<RunRow>, StoreError> {
        let mut statement =
            self.0.prepare_cached("SELECT * FROM run WHERE closed_at IS NULL AND (?1 IS NULL OR queue_url = ?1) ORDER BY id")?;
        Ok(statement.query_map([queue_url], RunRow::read)?.collect::<Result<_, _>>()?)
    }

    /// The runs whose pollers may have, or had, a receive open on a queue after `since`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn runs_reading(&self, queue_url: &str, since: Timestamp) -> Result<Vec<RunRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM run WHERE queue_url = ?1 AND reads_until > ?2 ORDER BY id")?;
        Ok(statement.query_map((queue_url, since.as_millis()), RunRow::read)?.collect::<Result<_, _>>()?)
    }
}

impl Mut<'_> {
    /// Keeps a run that begins; returns its number.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is a run with this id.
    pub fn insert_run(&mut self, run: &NewRun) -> Result<i64, StoreError> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO run (uuid, connection, mode, action_id, action_name, queue_url, queue_arn, transformer, timeout_ms, total, started_at, reading, tally)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        let values = (
            run.run.to_string(),
            &run.connection,
            run.mode.as_str(),
            run.action.to_string(),
            &run.action_name,
            &run.queue_url,
            run.queue_arn.as_str(),
            &run.transformer,
            run.timeout_ms,
            stored(run.total),
            run.started_at.as_millis(),
            column::to_json(&run.reading)?,
            column::to_json(&Tally { counts: Counts { waiting: run.total, ..Counts::default() }, ..Tally::default() })?,
        );
        statement.insert(values).map_err(|error| StoreError::conflict(error, || format!("run {} is already there", run.run)))
    }

    /// Keeps how a run's poller is.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn save_poller(&mut self, run: RunId, poller: &PollerRow) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(
            "UPDATE run SET receives = ?2, foreign_messages = ?3, gaps = ?4, read_through = ?5, reads_until = ?6 WHERE uuid = ?1",
        )?;
        statement.execute((
            run.to_string(),
            stored(poller.receives),
            stored(poller.foreign),
            column::to_json(&poller.gaps)?,
            poller.read_through.map(Timestamp::as_millis),
            poller.reads_until.map(Timestamp::as_millis),
        ))?;
        Ok(())
    }

    /// Keeps the counts of an open run as they stand.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn save_tally(&mut self, run: RunId, tally: &Tally) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached("UPDATE run SET tally = ?2 WHERE uuid = ?1 AND closed_at IS NULL")?;
        statement.execute((run.to_string(), column::to_json(tally)?))?;
        Ok(())
    }

    /// Closes a run; its verdict stands from now on.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn close_run(&mut self, run: RunId, at: Timestamp, proven: bool, tally: &Tally) -> Result<(), StoreError> {
        let mut statement =
            self.0.prepare_cached("UPDATE run SET closed_at = ?2, proven = ?3, tally = ?4 WHERE uuid = ?1 AND closed_at IS NULL")?;
        statement.execute((run.to_string(), at.as_millis(), proven, column::to_json(tally)?))?;
        Ok(())
    }

    /// Marks a closed run as amended.
    pub(crate) fn mark_amended(&mut self, number: i64) -> Result<(), StoreError> {
        self.0.prepare_cached("UPDATE run SET amended = 1 WHERE id = ?1")?.execute([number])?;
        Ok(())
    }
}
