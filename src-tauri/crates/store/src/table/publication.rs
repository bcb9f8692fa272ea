//! Table `publication`: one row per event of a run, committed before its request leaves.

use rusqlite::{OptionalExtension, Row};
use waybill_domain::{EventType, Expectation, Fingerprint, IncidentId, Outgoing, RunId, Sending, Timestamp, Verdict};

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        id: "2026-11-23-92-publication",
        sql: "CREATE TABLE publication (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            entry INTEGER NOT NULL,
            incident INTEGER NOT NULL,
            event_type TEXT NOT NULL,
            source TEXT NOT NULL,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            time INTEGER NOT NULL,
            detail TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            expectation TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('planned', 'withheld', 'leaving', 'accepted', 'rejected', 'not_sent', 'unknown')),
            attempts INTEGER NOT NULL DEFAULT 0,
            left_at INTEGER,
            answered_at INTEGER,
            request_id TEXT,
            event_id TEXT,
            code TEXT,
            message TEXT,
            verdict TEXT,
            reason TEXT,
            received_at INTEGER,
            latency_ms INTEGER,
            UNIQUE (run_id, entry)
          ) STRICT;
          CREATE INDEX publication_event ON publication (event_id) WHERE event_id IS NOT NULL;
          CREATE INDEX publication_incident ON publication (incident, event_type);
          CREATE INDEX publication_verdict ON publication (verdict, id);",
    },
    Migration {
        id: "2026-11-23-97-publication-leaving",
        sql: "CREATE INDEX publication_leaving ON publication (left_at) WHERE state = 'leaving';",
    },
];

/// An event of a run to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPublication {
    /// What is to be sent.
    pub outgoing: Outgoing,
    /// Whether it must arrive.
    pub expectation: Expectation,
    /// The fingerprint of its content.
    pub fingerprint: Fingerprint,
}

/// What EventBridge said about an entry, or that it said nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryOutcome<'a> {
    /// Accepted, under this event id.
    Accepted(&'a str),
    /// Refused, with this code and message.
    Rejected(&'a str, &'a str),
    /// The request never left, for this reason.
    NotSent(&'a str),
    /// Whether it was taken is not known, for this reason.
    Unknown(&'a str),
}

/// The answer to one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryAnswer<'a> {
    /// The entry's place in the run.
    pub entry: u32,
    /// What became of it.
    pub outcome: EntryOutcome<'a>,
    /// AWS's id of the request.
    pub request_id: Option<&'a str>,
    /// When the answer was read.
    pub at: Timestamp,
}

/// The verdict that an event had when its run was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedVerdict {
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub reason: Option<String>,
    /// When the copy that decided it was read.
    pub received_at: Option<Timestamp>,
    /// From sending to reading that copy, in milliseconds.
    pub latency_ms: Option<i64>,
}

/// An event of a run as it is kept, without what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationRow {
    /// Its number; later ones are greater, and those of one run follow each other.
    pub id: i64,
    /// The run's number.
    pub run: i64,
    /// Its place in the run.
    pub entry: u32,
    /// Its type.
    pub event_type: EventType,
    /// Its incident.
    pub incident: IncidentId,
    /// Whether it must arrive.
    pub expectation: Expectation,
    /// The fingerprint of its content.
    pub fingerprint: Fingerprint,
    /// How far it got on its way to the bus.
    pub sending: Sending,
    /// How often it was sent.
    pub attempts: u32,
    /// AWS's id of the last request that carried it.
    pub request_id: Option<String>,
    /// Its verdict; none while its run is open.
    pub closed: Option<ClosedVerdict>,
}

/// The columns of [`PublicationRow`]; the detail may be large and is read only where it is needed.
pub(crate) const COLUMNS: &str = "p.id, p.run_id, p.entry, p.event_type, p.incident, p.expectation, p.fingerprint, p.state, p.attempts,
    p.left_at, p.answered_at, p.request_id, p.event_id, p.code, p.message, p.verdict, p.reason, p.received_at, p.latency_ms";

impl PublicationRow {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let verdict: Option<String> = row.get("verdict")?;
        let closed = verdict.and_then(|word| Verdict::from_word(&word)).map(|verdict| {
            Ok::<_, rusqlite::Error>(ClosedVerdict {
                verdict,
                reason: row.get("reason")?,
                received_at: column::time_or_null(row, "received_at")?,
                latency_ms: row.get("latency_ms")?,
            })
        });
        Ok(Self {
            id: row.get("id")?,
            run: row.get("run_id")?,
            entry: row.get("entry")?,
            event_type: column::parsed(row, "event_type")?,
            incident: IncidentId(row.get("incident")?),
            expectation: column::word(row, "expectation")?,
            fingerprint: Fingerprint::from_kept(row.get::<_, String>("fingerprint")?),
            sending: sending(row)?,
            attempts: row.get("attempts")?,
            request_id: row.get("request_id")?,
            closed: closed.transpose()?,
        })
    }
}

/// How far an event, or one attempt to send it, got.
pub(super) fn sending(row: &Row<'_>) -> rusqlite::Result<Sending> {
    let state: String = row.get("state")?;
    let left = || column::time(row, "left_at");
    let answered = || column::time(row, "answered_at");
    let message = || row.get::<_, Option<String>>("message").map(Option::unwrap_or_default);
    Ok(match state.as_str() {
        "withheld" => Sending::Withheld { at: answered()? },
        "leaving" => Sending::Leaving { at: left()? },
        "accepted" => Sending::Accepted { left: left()?, at: answered()?, event_id: row.get("event_id")? },
        "rejected" => Sending::Rejected { left: left()?, code: row.get("code")?, message: message()? },
        "not_sent" => Sending::NotSent { why: message()? },
        "unknown" => Sending::OutcomeUnknown { left: left()?, why: message()? },
        // The table's check lets only one other word in.
        _ => Sending::Planned,
    })
}

fn outgoing(row: &Row<'_>) -> rusqlite::Result<Outgoing> {
    Ok(Outgoing {
        source: column::parsed(row, "source")?,
        event_type: column::parsed(row, "event_type")?,
        detail: row.get("detail")?,
        incident: IncidentId(row.get("incident")?),
        time: column::time(row, "time")?,
        account: column::parsed(row, "account")?,
        region: column::parsed(row, "region")?,
    })
}

impl Ref<'_> {
    /// What an event of a run was sent as, or was to be.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn outgoing(&self, publication: i64) -> Result<Option<Outgoing>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM publication WHERE id = ?1")?;
        Ok(statement.query_row([publication], outgoing).optional()?)
    }

    /// The event with one of EventBridge's ids.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn publication_with(&self, event_id: &str) -> Result<Option<PublicationRow>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("SELECT {COLUMNS} FROM publication p WHERE event_id = ?1 LIMIT 1"))?;
        Ok(statement.query_row([event_id], PublicationRow::read).optional()?)
    }

    /// The events about an incident of one type, from one source if named; at most `limit`, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn publications_about(
        &self,
        incident: IncidentId,
        event_type: &str,
        source: Option<&str>,
        limit: u32,
    ) -> Result<Vec<PublicationRow>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM publication p WHERE incident = ?1 AND event_type = ?2 AND (?3 IS NULL OR source = ?3) ORDER BY id DESC LIMIT ?4"
        ))?;
        let rows = statement.query_map((incident.0, event_type, source, limit), PublicationRow::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether the request of any event left after `since` and has no answer yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_any_leaving(&self, since: Timestamp) -> Result<bool, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT EXISTS (SELECT 1 FROM publication WHERE state = 'leaving' AND left_at > ?1)")?;
        Ok(statement.query_row([since.as_millis()], |row| row.get(0))?)
    }

    /// The events of a run in the order of publishing, from place `from` on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn publications_of(&self, run: i64, from: u32) -> Result<Vec<PublicationRow>, StoreError> {
        let mut statement =
            self.0.prepare_cached(&format!("SELECT {COLUMNS} FROM publication p WHERE run_id = ?1 AND entry >= ?2 ORDER BY entry"))?;
        Ok(statement.query_map((run, from), PublicationRow::read)?.collect::<Result<_, _>>()?)
    }

    /// The events of a run from place `from` to before place `to`.
    pub(crate) fn publications_between(&self, run: i64, from: u32, to: u32) -> Result<Vec<PublicationRow>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM publication p WHERE run_id = ?1 AND entry >= ?2 AND entry < ?3 ORDER BY entry"
        ))?;
        Ok(statement.query_map((run, from, to), PublicationRow::read)?.collect::<Result<_, _>>()?)
    }

    /// The number of the first event of the run with this number. Those of one run follow each other, so that none needs to be searched.
    fn first_of(&self, run: i64) -> Result<i64, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT id FROM publication WHERE run_id = ?1 AND entry = 0")?;
        Ok(statement.query_row([run], |row| row.get(0))?)
    }

    /// The number of a run's first event; the event at place `n` has this number plus `n`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn first_publication(&self, run: RunId) -> Result<Option<i64>, StoreError> {
        let mut statement =
            self.0.prepare_cached("SELECT p.id FROM publication p JOIN run r ON r.id = p.run_id WHERE r.uuid = ?1 AND p.entry = 0")?;
        Ok(statement.query_row([run.to_string()], |row| row.get(0)).optional()?)
    }
}

impl Mut<'_> {
    /// Keeps the events of a run in their order: withheld ones as withheld at `at`, the others as planned.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn insert_publications(
        &mut self,
        run: i64,
        at: Timestamp,
        events: impl IntoIterator<Item = NewPublication>,
    ) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO publication (run_id, entry, incident, event_type, source, account, region, time, detail, fingerprint, expectation,
             state, answered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        for (entry, event) in (0u32..).zip(events) {
            let withheld = event.expectation == Expectation::Withheld;
            let sent = &event.outgoing;
            statement.execute(rusqlite::params![
                run,
                entry,
                sent.incident.0,
                sent.event_type.as_str(),
                sent.source.as_str(),
                sent.account.as_str(),
                sent.region.as_str(),
                sent.time.as_millis(),
                sent.detail,
                event.fingerprint.as_str(),
                column::to_word(&event.expectation)?,
                if withheld { "withheld" } else { "planned" },
                withheld.then_some(at.as_millis()),
            ])?;
        }
        Ok(())
    }

    /// Keeps since when the withheld events of a run are withheld.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn mark_withheld(&mut self, run: i64, at: Timestamp) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached("UPDATE publication SET answered_at = ?2 WHERE run_id = ?1 AND state = 'withheld'")?;
        statement.execute((run, at.as_millis()))?;
        Ok(())
    }

    /// Keeps that the request with these entries of a run leaves.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn mark_leaving(&mut self, run: i64, entries: &[u32], at: Timestamp) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(
            "UPDATE publication SET state = 'leaving', left_at = ?3, attempts = attempts + 1, answered_at = NULL, request_id = NULL,
             code = NULL, message = NULL WHERE id = ?1 + ?2",
        )?;
        let first = self.read().first_of(run)?;
        for entry in entries {
            statement.execute((first, entry, at.as_millis()))?;
        }
        Ok(())
    }

    /// Keeps the answers to entries of a run.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn record_answers<'a>(&mut self, run: i64, answers: impl IntoIterator<Item = EntryAnswer<'a>>) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(
            "UPDATE publication SET state = ?3, answered_at = ?4, request_id = ?5, event_id = ?6, code = ?7, message = ?8,
             left_at = coalesce(left_at, ?4) WHERE id = ?1 + ?2",
        )?;
        let first = self.read().first_of(run)?;
        for answer in answers {
            let (state, event_id, code, message) = match answer.outcome {
                EntryOutcome::Accepted(event_id) => ("accepted", Some(event_id), None, None),
                EntryOutcome::Rejected(code, message) => ("rejected", None, Some(code), Some(message)),
                EntryOutcome::NotSent(why) => ("not_sent", None, None, Some(why)),
                EntryOutcome::Unknown(why) => ("unknown", None, None, Some(why)),
            };
            statement.execute((first, answer.entry, state, answer.at.as_millis(), answer.request_id, event_id, code, message))?;
        }
        Ok(())
    }

    /// Keeps the verdicts of a run that is closed.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn record_verdicts(&mut self, run: i64, verdicts: impl IntoIterator<Item = (u32, ClosedVerdict)>) -> Result<(), StoreError> {
        let mut statement = self
            .0
            .prepare_cached("UPDATE publication SET verdict = ?3, reason = ?4, received_at = ?5, latency_ms = ?6 WHERE id = ?1 + ?2")?;
        let first = self.read().first_of(run)?;
        for (entry, closed) in verdicts {
            let received_at = closed.received_at.map(Timestamp::as_millis);
            statement.execute((first, entry, closed.verdict.as_str(), &closed.reason, received_at, closed.latency_ms))?;
        }
        Ok(())
    }
}
