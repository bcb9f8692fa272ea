//! Where a moment lies among the publications, so that a page can begin there. No table of its own.
//!
//! Publications are numbered run by run and leave nearly in the order of their numbers; a moment is therefore found by halving.

use rusqlite::{OptionalExtension, Row};
use waybill_domain::Timestamp;

use crate::migrate::Migration;
use crate::{Ref, StoreError};

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-23-96-run-moments",
    sql: "CREATE INDEX run_started ON run (started_at, id);
          CREATE INDEX run_closed ON run (closed_at, id);",
}];

/// Requests overtake each other by a few entries: so many more are taken on the safe side.
const SLACK: i64 = 1000;

/// Entries that a probe looks at for one that has left; withheld ones never leave.
const PROBE: i64 = 64;

/// A run's place among the publications.
struct Span {
    number: i64,
    first: i64,
    total: i64,
}

impl Span {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { number: row.get(0)?, first: row.get(1)?, total: row.get(2)? })
    }
}

const SPAN: &str = "SELECT r.id, p.id, r.total FROM run r JOIN publication p ON p.run_id = r.id AND p.entry = 0";

impl Ref<'_> {
    /// A number that nothing sent until `moment` exceeds; 0 when nothing had been sent.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn last_publication_until(&self, moment: Timestamp) -> Result<i64, StoreError> {
        let mut statement =
            self.0.prepare_cached(&format!("{SPAN} WHERE r.started_at <= ?1 ORDER BY r.started_at DESC, r.id DESC LIMIT 1"))?;
        let Some(span) = statement.query_row([moment.as_millis()], Span::read).optional()? else { return Ok(0) };
        let sent = self.entries_before(&span, moment.as_millis() + 1)?;
        Ok(span.first + (sent + SLACK).min(span.total) - 1)
    }

    /// A number that nothing sent at `moment` or later falls below.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn first_publication_from(&self, moment: Timestamp) -> Result<i64, StoreError> {
        let mut oldest = self.0.prepare_cached(
            "SELECT min(id) FROM (SELECT min(id) AS id FROM run WHERE closed_at >= ?1 UNION ALL SELECT min(id) FROM run WHERE closed_at IS NULL)",
        )?;
        let Some(number) = oldest.query_row([moment.as_millis()], |row| row.get::<_, Option<i64>>(0))? else { return Ok(i64::MAX) };
        let mut statement = self.0.prepare_cached(&format!("{SPAN} WHERE r.id = ?1"))?;
        let Some(span) = statement.query_row([number], Span::read).optional()? else { return Ok(0) };
        let sent = self.entries_before(&span, moment.as_millis())?;
        Ok(span.first + (sent - SLACK).max(0))
    }

    /// How many entries of a run left before `millis`, nearly.
    fn entries_before(&self, span: &Span, millis: i64) -> Result<i64, StoreError> {
        let mut statement = self.0.prepare_cached(
            "SELECT left_at FROM publication WHERE run_id = ?1 AND entry BETWEEN ?2 AND ?3 AND left_at IS NOT NULL ORDER BY entry LIMIT 1",
        )?;
        let (mut low, mut high) = (0, span.total);
        while low < high {
            let middle = low + (high - low) / 2;
            let left: Option<i64> = statement.query_row((span.number, middle, middle + PROBE - 1), |row| row.get(0)).optional()?;
            if left.is_some_and(|left| left < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }
}
