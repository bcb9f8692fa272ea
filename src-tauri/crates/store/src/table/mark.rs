//! How far the tables have come: two equal marks mean that no program has changed what they cover in between. No table of its own.

use crate::{Ref, StoreError};

/// How far the tables have come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark {
    /// Runs begun and closed.
    pub runs: (i64, i64),
    /// Alert sources, alert actions and chains.
    pub chains: (i64, i64, i64),
    /// Incidents.
    pub incidents: (i64, i64),
}

impl Ref<'_> {
    /// How far the tables have come now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn mark(&self) -> Result<Mark, StoreError> {
        let mut statement = self.0.prepare_cached(
            "SELECT (SELECT coalesce(max(id), 0) FROM run), (SELECT count(*) FROM run WHERE closed_at IS NOT NULL),
                    (SELECT count(*) + coalesce(max(deleted_at), 0) FROM alert_source),
                    (SELECT coalesce(max(changed_at), 0) + count(*) + coalesce(max(deleted_at), 0) FROM alert_action),
                    (SELECT coalesce(max(updated_at), 0) + count(*) FROM chain),
                    (SELECT count(*) FROM incident), (SELECT coalesce(max(changed_at), 0) FROM incident)",
        )?;
        Ok(statement.query_row([], |row| {
            Ok(Mark {
                runs: (row.get(0)?, row.get(1)?),
                chains: (row.get(2)?, row.get(3)?, row.get(4)?),
                incidents: (row.get(5)?, row.get(6)?),
            })
        })?)
    }
}
