//! Table `arrival`: one row per distinct copy that was read of an own event. Nothing of somebody else's messages is kept.

use rusqlite::{OptionalExtension, Row};
use waybill_domain::{ReadBack, Timestamp, Verdict};

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-93-arrival",
    sql: "CREATE TABLE arrival (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            publication_id INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
            message_id TEXT NOT NULL UNIQUE,
            envelope_id TEXT,
            fingerprint TEXT,
            differs TEXT,
            body TEXT NOT NULL,
            sent_at INTEGER,
            received_at INTEGER NOT NULL,
            receive_count INTEGER NOT NULL,
            amends TEXT
          ) STRICT;
          CREATE INDEX arrival_run ON arrival (run_id, id);
          CREATE INDEX arrival_publication ON arrival (publication_id, id);",
}];

/// A copy to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewArrival<'a> {
    /// SQS's id of the message.
    pub message_id: &'a str,
    /// The fingerprint of its content, where it is an envelope.
    pub fingerprint: Option<&'a str>,
    /// The body, exactly as received.
    pub body: &'a str,
    /// When the message was put into the queue.
    pub sent_at: Option<Timestamp>,
    /// SQS's `ApproximateReceiveCount`.
    pub receive_count: u32,
    /// What was read: the envelope's id, when, and whether it is what was sent.
    pub copy: ReadBack,
}

/// A copy as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrivalRow {
    /// Its number: the order of commits, whichever program committed it.
    pub id: i64,
    /// The event that it belongs to.
    pub publication: i64,
    /// SQS's id of the message.
    pub message_id: String,
    /// The body, exactly as received.
    pub body: String,
    /// When the message was put into the queue.
    pub sent_at: Option<Timestamp>,
    /// SQS's `ApproximateReceiveCount`, the highest seen.
    pub receive_count: u32,
    /// What was read.
    pub copy: ReadBack,
    /// The word with which it amends its closed run; none when it was read before.
    pub amends: Option<Verdict>,
}

/// A copy without its body, with the place of its event in the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyRow {
    /// Its number.
    pub id: i64,
    /// The event that it belongs to.
    pub publication: i64,
    /// The event's place in the run.
    pub entry: u32,
    /// What was read.
    pub copy: ReadBack,
    /// The word with which it amends its closed run.
    pub amends: Option<Verdict>,
}

fn copy(row: &Row<'_>) -> rusqlite::Result<ReadBack> {
    Ok(ReadBack { event_id: row.get("envelope_id")?, at: column::time(row, "received_at")?, differs: row.get("differs")? })
}

fn amends(row: &Row<'_>) -> rusqlite::Result<Option<Verdict>> {
    Ok(row.get::<_, Option<String>>("amends")?.and_then(|word| Verdict::from_word(&word)))
}

impl ArrivalRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            publication: row.get("publication_id")?,
            message_id: row.get("message_id")?,
            body: row.get("body")?,
            sent_at: column::time_or_null(row, "sent_at")?,
            receive_count: row.get("receive_count")?,
            copy: copy(row)?,
            amends: amends(row)?,
        })
    }
}

impl CopyRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            publication: row.get("publication_id")?,
            entry: row.get("entry")?,
            copy: copy(row)?,
            amends: amends(row)?,
        })
    }
}

impl Ref<'_> {
    /// The copies of a run's events with a number greater than `after`, in the order of their numbers.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn copies_of_run(&self, run: i64, after: i64) -> Result<Vec<CopyRow>, StoreError> {
        let mut statement = self.0.prepare_cached(
            "SELECT a.id, a.publication_id, a.envelope_id, a.received_at, a.differs, a.amends, p.entry
             FROM arrival a JOIN publication p ON p.id = a.publication_id WHERE a.run_id = ?1 AND a.id > ?2 ORDER BY a.id",
        )?;
        Ok(statement.query_map((run, after), CopyRow::read)?.collect::<Result<_, _>>()?)
    }

    /// The copies of a run's events from number `first` to `last`, event by event. The `+` keeps SQLite from walking all of the run's
    /// copies for each page of its events.
    pub(crate) fn copies_between(&self, run: i64, first: i64, last: i64) -> Result<Vec<CopyRow>, StoreError> {
        let mut statement = self.0.prepare_cached(
            "SELECT a.id, a.publication_id, a.envelope_id, a.received_at, a.differs, a.amends, p.entry
             FROM arrival a JOIN publication p ON p.id = a.publication_id
             WHERE a.publication_id BETWEEN ?2 AND ?3 AND +a.run_id = ?1 ORDER BY a.publication_id, a.id",
        )?;
        Ok(statement.query_map((run, first, last), CopyRow::read)?.collect::<Result<_, _>>()?)
    }

    /// The copies of one event, in the order of their numbers.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn arrivals_of(&self, publication: i64) -> Result<Vec<ArrivalRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM arrival WHERE publication_id = ?1 ORDER BY id")?;
        Ok(statement.query_map([publication], ArrivalRow::read)?.collect::<Result<_, _>>()?)
    }

    /// Whether a copy of a run's events came after its close.
    pub(crate) fn has_amendments(&self, run: i64) -> Result<bool, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT EXISTS (SELECT 1 FROM arrival WHERE run_id = ?1 AND amends IS NOT NULL)")?;
        Ok(statement.query_row([run], |row| row.get(0))?)
    }

    /// The same without their bodies.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn copies_of(&self, publication: i64) -> Result<Vec<CopyRow>, StoreError> {
        let mut statement = self.0.prepare_cached(
            "SELECT a.id, a.publication_id, a.envelope_id, a.received_at, a.differs, a.amends, p.entry
             FROM arrival a JOIN publication p ON p.id = a.publication_id WHERE a.publication_id = ?1 ORDER BY a.id",
        )?;
        Ok(statement.query_map([publication], CopyRow::read)?.collect::<Result<_, _>>()?)
    }
}

impl Ref<'_> {
    /// The copies of several events without their bodies, each event's in the order of their numbers.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn copies_among(&self, publications: &[i64]) -> Result<Vec<CopyRow>, StoreError> {
        let mut statement = self.0.prepare_cached(
            "SELECT a.id, a.publication_id, a.envelope_id, a.received_at, a.differs, a.amends, p.entry
             FROM json_each(?1) n CROSS JOIN arrival a ON a.publication_id = n.value JOIN publication p ON p.id = a.publication_id
             ORDER BY n.key, a.id",
        )?;
        Ok(statement.query_map([column::to_json(&publications)?], CopyRow::read)?.collect::<Result<_, _>>()?)
    }
}

impl Mut<'_> {
    /// Takes note that a message that is kept already was received again; tells whether it is kept.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn received_again(&mut self, message_id: &str, receive_count: u32) -> Result<bool, StoreError> {
        // Nearly every message is new, and looking is cheaper than an update that finds nothing.
        let mut find = self.0.prepare_cached("SELECT id FROM arrival WHERE message_id = ?1")?;
        let Some(id) = find.query_row([message_id], |row| row.get::<_, i64>(0)).optional()? else { return Ok(false) };
        let mut statement = self.0.prepare_cached("UPDATE arrival SET receive_count = ?2 WHERE id = ?1 AND receive_count < ?2")?;
        statement.execute((id, receive_count))?;
        Ok(true)
    }

    /// Keeps a copy of an event; `amends` when its run is closed, which is then marked as amended.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn insert_arrival(&mut self, of: (i64, i64), arrival: &NewArrival<'_>, amends: Option<Verdict>) -> Result<i64, StoreError> {
        let (run, publication) = of;
        let mut statement = self.0.prepare_cached(
            "INSERT INTO arrival (run_id, publication_id, message_id, envelope_id, fingerprint, differs, body, sent_at, received_at,
             receive_count, amends) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        let id = statement.insert((
            run,
            publication,
            arrival.message_id,
            &arrival.copy.event_id,
            arrival.fingerprint,
            &arrival.copy.differs,
            arrival.body,
            arrival.sent_at.map(Timestamp::as_millis),
            arrival.copy.at.as_millis(),
            arrival.receive_count,
            amends.map(Verdict::as_str),
        ))?;
        drop(statement);
        if amends.is_some() {
            self.mark_amended(run)?;
            self.extend_seal(run, id)?;
        }
        Ok(id)
    }
}
