//! Table `connection`: the ways to AWS that the administrator added. The sandbox is always there and has no row; credentials never are.

use std::fmt;
use std::str::FromStr;

use rusqlite::{OptionalExtension, Row};
use waybill_domain::{Invalid, Region, Timestamp, WriteMode};

use crate::migrate::Migration;
use crate::{Mut, Ref, StoreError, column};

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        id: "2026-11-23-1-connection",
        sql: "CREATE TABLE connection (
            name TEXT PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('aws', 'endpoint')),
            region TEXT NOT NULL,
            profile TEXT,
            role_arn TEXT,
            endpoint_url TEXT,
            read_only INTEGER NOT NULL CHECK (read_only IN (0, 1)),
            created_at INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;",
    },
    Migration {
        id: "2026-11-28-10-connection-mode",
        sql: "ALTER TABLE connection ADD COLUMN mode TEXT NOT NULL DEFAULT 'free' CHECK (mode IN ('free', 'ask', 'read-only'));
          UPDATE connection SET mode = 'read-only' WHERE read_only = 1;
          ALTER TABLE connection DROP COLUMN read_only;
          ALTER TABLE connection ADD COLUMN eventbridge_url TEXT;
          ALTER TABLE connection ADD COLUMN sqs_url TEXT;
          ALTER TABLE connection ADD COLUMN sts_url TEXT;
          ALTER TABLE connection ADD COLUMN organizations_url TEXT;
          ALTER TABLE connection ADD COLUMN settle_ms INTEGER NOT NULL DEFAULT 60000;",
    },
];

/// What a connection leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionKind {
    /// AWS itself.
    Aws,
    /// Another endpoint that speaks AWS's protocols.
    Endpoint,
}

impl ConnectionKind {
    /// The word on the command line: `aws` or `endpoint`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::Endpoint => "endpoint",
        }
    }
}

impl fmt::Display for ConnectionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ConnectionKind {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "aws" => Ok(Self::Aws),
            "endpoint" => Ok(Self::Endpoint),
            other => Err(Invalid::new("Kind", format!("`{other}` is not a kind of connection; choose aws or endpoint"))),
        }
    }
}

/// A connection that the administrator added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionRow {
    /// Its unique name.
    pub name: String,
    /// What it leads to.
    pub kind: ConnectionKind,
    /// The region that it begins with.
    pub region: Region,
    /// The profile of the AWS configuration files; none for the default one.
    pub profile: Option<String>,
    /// The role to assume.
    pub role_arn: Option<String>,
    /// The endpoint's address.
    pub endpoint_url: Option<String>,
    /// EventBridge's own address.
    pub eventbridge_url: Option<String>,
    /// SQS's own address.
    pub sqs_url: Option<String>,
    /// STS's own address.
    pub sts_url: Option<String>,
    /// Organizations' own address.
    pub organizations_url: Option<String>,
    /// What becomes of requests that write.
    pub mode: WriteMode,
    /// How long Waybill waits after its own changes before it publishes, in milliseconds.
    pub settle_ms: i64,
    /// When it was added.
    pub created_at: Timestamp,
}

impl ConnectionRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            name: row.get("name")?,
            kind: column::parsed(row, "kind")?,
            region: column::parsed(row, "region")?,
            profile: row.get("profile")?,
            role_arn: row.get("role_arn")?,
            endpoint_url: row.get("endpoint_url")?,
            eventbridge_url: row.get("eventbridge_url")?,
            sqs_url: row.get("sqs_url")?,
            sts_url: row.get("sts_url")?,
            organizations_url: row.get("organizations_url")?,
            mode: column::parsed(row, "mode")?,
            settle_ms: row.get("settle_ms")?,
            created_at: column::time(row, "created_at")?,
        })
    }
}

impl Ref<'_> {
    /// All added connections by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn connections(&self) -> Result<Vec<ConnectionRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM connection ORDER BY name")?;
        Ok(statement.query_map([], ConnectionRow::read)?.collect::<Result<_, _>>()?)
    }

    /// The connection with this name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn connection(&self, name: &str) -> Result<Option<ConnectionRow>, StoreError> {
        let mut statement = self.0.prepare_cached("SELECT * FROM connection WHERE name = ?1")?;
        Ok(statement.query_row([name], ConnectionRow::read).optional()?)
    }
}

impl Mut<'_> {
    /// Adds a connection.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken.
    pub fn insert_connection(&mut self, connection: &ConnectionRow) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(
            "INSERT INTO connection (name, kind, region, profile, role_arn, endpoint_url, eventbridge_url, sqs_url, sts_url,
               organizations_url, mode, settle_ms, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        let values = (
            &connection.name,
            connection.kind.as_str(),
            connection.region.as_str(),
            &connection.profile,
            &connection.role_arn,
            &connection.endpoint_url,
            &connection.eventbridge_url,
            &connection.sqs_url,
            &connection.sts_url,
            &connection.organizations_url,
            connection.mode.as_str(),
            connection.settle_ms,
            connection.created_at.as_millis(),
        );
        let taken = || format!("a connection named `{}` is already there", connection.name);
        statement.execute(values).map(drop).map_err(|error| StoreError::conflict(error, taken))
    }

    /// Sets what becomes of requests that write; `false` when there is no connection with this name.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn set_connection_mode(&mut self, name: &str, mode: WriteMode) -> Result<bool, StoreError> {
        Ok(self.0.execute("UPDATE connection SET mode = ?2 WHERE name = ?1", (name, mode.as_str()))? > 0)
    }

    /// Removes a connection; `false` when there is none with this name.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when an alert action still uses it.
    pub fn delete_connection(&mut self, name: &str) -> Result<bool, StoreError> {
        let users = self.read().active_actions_on(name)?;
        if users > 0 {
            return Err(StoreError::Conflict { what: format!("connection `{name}` is used by {users} alert action(s)") });
        }
        Ok(self.0.execute("DELETE FROM connection WHERE name = ?1", [name])? > 0)
    }
}
