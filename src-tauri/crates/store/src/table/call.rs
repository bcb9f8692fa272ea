//! Table `call`: every AWS request that writes, for Activity. Inputs are without secrets.

use rusqlite::Row;
use serde_json::Value;
use waybill_domain::{Region, Timestamp};

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        id: "2026-11-23-5-call",
        sql: "CREATE TABLE call (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            connection TEXT NOT NULL,
            region TEXT NOT NULL,
            service TEXT NOT NULL,
            operation TEXT NOT NULL,
            input TEXT NOT NULL,
            request_id TEXT,
            error TEXT
          ) STRICT;",
    },
    Migration { id: "2026-11-23-99-call-operation", sql: "CREATE INDEX call_operation ON call (operation);" },
];

/// Which requests; every field narrows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallFilter {
    /// Only those of this connection.
    pub connection: Option<String>,
    /// Only this operation.
    pub operation: Option<String>,
    /// Only those that failed, or only those that did not.
    pub failed: Option<bool>,
    /// Only then or later.
    pub from: Option<Timestamp>,
    /// Only until then.
    pub until: Option<Timestamp>,
    /// Text in the operation, the input, the request id, the failure or the connection's name.
    pub text: Option<String>,
}

/// An AWS request to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCall {
    /// When it left.
    pub at: Timestamp,
    /// The connection that it went through.
    pub connection: String,
    /// The region that it went to.
    pub region: Region,
    /// The service, for example `events`.
    pub service: String,
    /// The operation, for example `PutRule`.
    pub operation: String,
    /// The input, without secrets.
    pub input: Value,
    /// AWS's id of the request, where it answered.
    pub request_id: Option<String>,
    /// Why it failed; none when it succeeded.
    pub error: Option<String>,
}

/// An AWS request as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct CallRow {
    /// Its number; later requests have greater ones.
    pub id: i64,
    /// The request.
    pub call: NewCall,
}

impl CallRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let call = NewCall {
            at: column::time(row, "at")?,
            connection: row.get("connection")?,
            region: column::parsed(row, "region")?,
            service: row.get("service")?,
            operation: row.get("operation")?,
            input: column::json(row, "input")?,
            request_id: row.get("request_id")?,
            error: row.get("error")?,
        };
        Ok(Self { id: row.get("id")?, call })
    }
}

impl Ref<'_> {
    /// The newest requests that a filter lets through, newest first: at most `limit`, older than request `before` where one is given.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn calls(&self, filter: &CallFilter, before: Option<i64>, limit: u32) -> Result<Vec<CallRow>, StoreError> {
        let mut statement = self.0.prepare_cached(
            "SELECT * FROM call WHERE id < ?1 AND (?3 IS NULL OR connection = ?3) AND (?4 IS NULL OR operation = ?4)
             AND (?5 IS NULL OR (error IS NOT NULL) = ?5) AND (?6 IS NULL OR at >= ?6) AND (?7 IS NULL OR at <= ?7)
             AND (?8 IS NULL OR operation LIKE ?8 ESCAPE '\\' OR input LIKE ?8 ESCAPE '\\' OR request_id LIKE ?8 ESCAPE '\\'
                  OR error LIKE ?8 ESCAPE '\\' OR connection LIKE ?8 ESCAPE '\\')
             ORDER BY id DESC LIMIT ?2",
        )?;
        let text = filter.text.as_deref().filter(|text| !text.trim().is_empty()).map(column::contains);
        let (from, until) = (filter.from.map(Timestamp::as_millis), filter.until.map(Timestamp::as_millis));
        let bound = (before.unwrap_or(i64::MAX), limit, &filter.connection, &filter.operation, filter.failed, from, until, text);
        Ok(statement.query_map(bound, CallRow::read)?.collect::<Result<_, _>>()?)
    }

    /// When a rule, target, queue or policy was last changed through a connection, with success.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_change(&self, connection: &str) -> Result<Option<Timestamp>, StoreError> {
        let mut statement = self.0.prepare_cached(
            "SELECT max(at) AS at FROM call WHERE connection = ?1 AND error IS NULL AND operation IN ('CreateEventBus',
               'ActivateEventSource', 'PutRule', 'EnableRule', 'DisableRule', 'PutTargets', 'RemoveTargets', 'CreateQueue',
               'SetQueueAttributes')",
        )?;
        Ok(statement.query_row([connection], |row| column::time_or_null(row, "at"))?)
    }

    /// The operations that were ever called, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn called_operations(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT DISTINCT operation FROM call ORDER BY operation")?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}

impl Mut<'_> {
    /// Keeps a request; returns its number.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn insert_call(&mut self, call: &NewCall) -> Result<i64, StoreError> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO call (at, connection, region, service, operation, input, request_id, error)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        Ok(statement.insert((
            call.at.as_millis(),
            &call.connection,
            call.region.as_str(),
            &call.service,
            &call.operation,
            call.input.to_string(),
            &call.request_id,
            &call.error,
        ))?)
    }
}
