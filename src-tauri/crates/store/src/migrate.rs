//! Bringing a file up to date. Migrations are append-only: the text of each applied one lies in the file, and a changed one is refused.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OptionalExtension, TransactionBehavior};

use crate::{OpenError, connect};

/// One step of the schema; once released it is never edited.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Migration {
    /// Date, time of day where it matters, and name, for example `2026-11-23-run`; steps are applied in the order of their ids.
    pub(crate) id: &'static str,
    /// The statements.
    pub(crate) sql: &'static str,
}

/// Makes sure that this version may open the file, without writing anything; a file that is not there is fine.
pub(crate) fn check(file: &Path, known: &[Migration]) -> Result<(), OpenError> {
    if !file.exists() {
        return Ok(());
    }
    let found = connect::inspector(file).and_then(|connection| Found::read(&connection)).map_err(|error| refusal(file, error))?;
    let is_known = |id: &str| known.iter().any(|migration| migration.id == id);
    if found.version > count(known) || !found.applied.keys().all(|id| is_known(id)) {
        return Err(OpenError::Newer { path: file.to_owned(), found: found.version, known: count(known) });
    }
    match known.iter().find(|migration| found.applied.get(migration.id).is_some_and(|sql| sql != migration.sql)) {
        Some(edited) => Err(OpenError::Edited { path: file.to_owned(), id: edited.id.to_owned() }),
        None => Ok(()),
    }
}

/// The `user_version` of a file that has all of `known`.
fn count(known: &[Migration]) -> i64 {
    i64::try_from(known.len()).expect("the list of migrations is short")
}

fn refusal(file: &Path, error: rusqlite::Error) -> OpenError {
    let path = file.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => OpenError::NotADatabase { path },
        _ => OpenError::Sqlite { path, source: error },
    }
}

/// Applies what the file has not got yet, all of it or nothing.
pub(crate) fn apply(connection: &mut Connection, known: &[Migration]) -> rusqlite::Result<()> {
    if Found::read(connection)?.applied.len() == known.len() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(
        "CREATE TABLE IF NOT EXISTS migration (id TEXT PRIMARY KEY, sql TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    )?;
    let applied = Found::read(&transaction)?.applied;
    for migration in known.iter().filter(|migration| !applied.contains_key(migration.id)) {
        transaction.execute_batch(migration.sql)?;
        transaction.execute(
            "INSERT INTO migration (id, sql, applied_at) VALUES (?1, ?2, CAST(unixepoch('subsec') * 1000 AS INTEGER))",
            [migration.id, migration.sql],
        )?;
    }
    transaction.pragma_update(None, "user_version", count(known))?;
    transaction.commit()
}

/// What a file says about its schema.
struct Found {
    version: i64,
    applied: BTreeMap<String, String>,
}

impl Found {
    fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let table =
            connection.query_row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'", [], |_| Ok(())).optional()?;
        if table.is_none() {
            return Ok(Self { version, applied: BTreeMap::new() });
        }
        let mut statement = connection.prepare("SELECT id, sql FROM migration")?;
        let applied: BTreeMap<String, String> =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let count = i64::try_from(applied.len()).unwrap_or(i64::MAX);
        Ok(Self { version: version.max(count), applied })
    }
}
