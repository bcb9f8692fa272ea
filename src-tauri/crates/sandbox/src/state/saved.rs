//! Reading the rows back at start.

use rusqlite::Connection;
use serde::de::DeserializeOwned;

use super::DatabaseError;

/// The rows of the last run.
#[derive(Debug)]
pub(crate) struct Saved<'a> {
    connection: Option<&'a Connection>,
}

impl<'a> Saved<'a> {
    /// Nothing was saved.
    pub(crate) fn nothing() -> Self {
        Self { connection: None }
    }

    /// The rows of this database.
    pub(crate) fn of(connection: &'a Connection) -> Self {
        Self { connection: Some(connection) }
    }

    /// All rows of a table as (key, row), in order of the key.
    ///
    /// # Errors
    /// When the database cannot be read or a row is not what was written.
    pub(crate) fn rows<T: DeserializeOwned>(&self, table: &'static str) -> Result<Vec<(String, T)>, DatabaseError> {
        let mut out = Vec::new();
        self.each(table, |key, row| out.push((key.to_owned(), row)))?;
        out.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(out)
    }

    /// Takes the rows of a table one by one, in no order, which is how the file is read fastest.
    ///
    /// # Errors
    /// As [`Saved::rows`].
    pub(crate) fn each<T: DeserializeOwned>(&self, table: &'static str, mut take: impl FnMut(&str, T)) -> Result<(), DatabaseError> {
        let Some(connection) = self.connection else { return Ok(()) };
        let mut statement = connection.prepare(&format!("SELECT key, value FROM {table} NOT INDEXED"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let value = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            let parsed = serde_json::from_str(value).map_err(|source| DatabaseError::Row { table, key: key.to_owned(), source })?;
            take(key, parsed);
        }
        Ok(())
    }
}
