//! Deliveries: the events of all runs, newest first, by key. No table of its own; a view over `run`, `publication` and `arrival`.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, named_params};
use waybill_domain::{ActionId, Counts, EventReport, EventType, Outgoing, RunId, Timestamp, Verdict};

use super::publication::COLUMNS;
use crate::{ArrivalRow, AttemptRow, PublicationRow, Ref, RunHolds, RunRow, StoreError, column};

/// Rows read at once while looking for those that an open run lets through.
const CHUNK: u32 = 500;

/// Which deliveries; every field narrows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeliveryFilter {
    /// Only this run's.
    pub run: Option<RunId>,
    /// Only this alert action's.
    pub action: Option<ActionId>,
    /// Only these verdicts; empty means all.
    pub verdicts: Vec<Verdict>,
    /// Only these event types; empty means all.
    pub event_types: Vec<EventType>,
    /// Text in the incident's number, the event id, the request id or the event type.
    pub text: Option<String>,
}

/// One event in the list of deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryEntry {
    /// The publication's number; newer ones are greater.
    pub id: i64,
    /// Its run.
    pub run: RunId,
    /// The alert action's name at that time.
    pub action_name: String,
    /// The event as it stands.
    pub report: EventReport,
}

/// Everything about one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// As in the list.
    pub entry: DeliveryEntry,
    /// Its run.
    pub run: RunRow,
    /// What was sent, or was to be.
    pub outgoing: Outgoing,
    /// Every attempt to send it.
    pub attempts: Vec<AttemptRow>,
    /// Every distinct copy that was read.
    pub arrivals: Vec<ArrivalRow>,
}

const SELECTED: &str = "FROM publication p JOIN run r ON r.id = p.run_id
    WHERE p.id BETWEEN :first AND :last
      AND (:action IS NULL OR r.action_id = :action)
      AND (:verdicts IS NULL OR r.closed_at IS NULL OR p.verdict IN (SELECT value FROM json_each(:verdicts)))
      AND (:types IS NULL OR p.event_type IN (SELECT value FROM json_each(:types)))
      AND (:text IS NULL OR CAST(p.incident AS TEXT) LIKE :text ESCAPE '\\' OR p.event_id LIKE :text ESCAPE '\\'
           OR p.request_id LIKE :text ESCAPE '\\' OR p.event_type LIKE :text ESCAPE '\\')";

/// A filter as it is bound to the statement.
struct Bound {
    first: i64,
    last: i64,
    action: Option<String>,
    verdicts: Option<String>,
    types: Option<String>,
    text: Option<String>,
}

impl DeliveryFilter {
    /// Whether it lets everything of its run and action through.
    fn is_wide(&self) -> bool {
        self.verdicts.is_empty() && self.event_types.is_empty() && self.text.is_none()
    }

    fn lets(&self, verdict: Verdict) -> bool {
        self.verdicts.is_empty() || self.verdicts.contains(&verdict)
    }
}

fn contains(text: &str) -> String {
    let mut like = String::from("%");
    for c in text.trim().chars() {
        if matches!(c, '%' | '_' | '\\') {
            like.push('\\');
        }
        like.push(c);
    }
    like + "%"
}

impl Ref<'_> {
    /// A page of deliveries, newest first: at most `limit` with numbers less than `before`, if given.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn deliveries(
        &self,
        filter: &DeliveryFilter,
        page: (Option<i64>, u32),
        now: Timestamp,
        holds: &RunHolds,
    ) -> Result<Vec<DeliveryEntry>, StoreError> {
        let (before, limit) = page;
        let mut runs = Runs { of: self, known: HashMap::new() };
        let mut bound = self.bind(filter)?;
        bound.last = bound.last.min(before.map_or(i64::MAX, |before| before - 1));
        let mut found = Vec::new();
        loop {
            let rows = self.selected(&bound, limit.max(CHUNK))?;
            let Some(last) = rows.last().map(|row| row.id) else { return Ok(found) };
            for row in rows {
                let entry = self.entry(&row, runs.get(row.run)?, now, holds)?;
                if filter.lets(entry.report.judgement.verdict) {
                    found.push(entry);
                }
                if found.len() == limit as usize {
                    return Ok(found);
                }
            }
            bound.last = last - 1;
        }
    }

    /// The verdicts of everything that the filter's run and action let through, whatever else it names, and how many events the whole
    /// filter lets through.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn delivery_counts(&self, filter: &DeliveryFilter, now: Timestamp, holds: &RunHolds) -> Result<(Counts, u64), StoreError> {
        let mut counts = Counts::default();
        let mut total = 0;
        let runs = match filter.run {
            Some(run) => self.run(run)?.into_iter().collect(),
            None => self.runs(filter.action)?,
        };
        for run in runs.iter().filter(|run| filter.action.is_none_or(|action| run.new.action == action)) {
            counts = sum(&counts, &self.summary(run, now, holds)?.tally.counts);
            total += run.new.total;
        }
        if filter.is_wide() {
            return Ok((counts, total));
        }
        let open = self.open_runs(None)?;
        let mut bound = self.bind(filter)?;
        if open.is_empty() || filter.verdicts.is_empty() {
            return Ok((counts, self.count(&bound)?));
        }
        let mut matching = 0;
        loop {
            let rows = self.selected(&bound, CHUNK)?;
            let Some(last) = rows.last().map(|row| row.id) else { return Ok((counts, matching)) };
            for row in rows {
                let is_let = match open.iter().find(|run| run.number == row.run) {
                    Some(run) => filter.lets(self.entry(&row, run, now, holds)?.report.judgement.verdict),
                    None => true,
                };
                matching += u64::from(is_let);
            }
            bound.last = last - 1;
        }
    }

    /// Everything about one delivery.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn delivery(&self, id: i64, now: Timestamp, holds: &RunHolds) -> Result<Option<DeliveryRecord>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("SELECT {COLUMNS} FROM publication p WHERE p.id = ?1"))?;
        let Some(row) = statement.query_row([id], PublicationRow::read).optional()? else { return Ok(None) };
        let (Some(run), Some(outgoing)) = (self.run_numbered(row.run)?, self.outgoing(id)?) else { return Ok(None) };
        let entry = self.entry(&row, &run, now, holds)?;
        Ok(Some(DeliveryRecord { entry, run, outgoing, attempts: self.attempts_of(id)?, arrivals: self.arrivals_of(id)? }))
    }

    /// When each event was first read back equal, and how long that took from sending, in milliseconds: oldest first, the newest
    /// `limit` that the filter's run and action let through.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn latencies(&self, filter: &DeliveryFilter, limit: u32) -> Result<Vec<(Timestamp, i64)>, StoreError> {
        let bound = self.bind(filter)?;
        let mut statement = self.0.prepare_cached(
            "SELECT min(a.received_at) AS received_at, p.left_at
             FROM publication p JOIN arrival a ON a.publication_id = p.id JOIN run r ON r.id = p.run_id
             WHERE p.id BETWEEN ?1 AND ?2 AND (?3 IS NULL OR r.action_id = ?3) AND a.differs IS NULL AND p.left_at IS NOT NULL
             GROUP BY p.id ORDER BY p.id DESC LIMIT ?4",
        )?;
        let rows = statement.query_map((bound.first, bound.last, &bound.action, limit), |row| {
            let (received, left) = (column::time(row, "received_at")?, column::time(row, "left_at")?);
            Ok((received, received.millis_since(left).max(0)))
        })?;
        let mut samples: Vec<(Timestamp, i64)> = rows.collect::<Result<_, _>>()?;
        samples.sort_unstable();
        Ok(samples)
    }

    fn entry(&self, row: &PublicationRow, run: &RunRow, now: Timestamp, holds: &RunHolds) -> Result<DeliveryEntry, StoreError> {
        let copies = self.copies_of(row.id)?;
        let report = row.report(run, &copies, &run.watch(now, holds));
        Ok(DeliveryEntry { id: row.id, run: run.new.run, action_name: run.new.action_name.clone(), report })
    }

    fn bind(&self, filter: &DeliveryFilter) -> Result<Bound, StoreError> {
        let (first, last) = match filter.run {
            Some(run) => self.range_of(run)?,
            None => (0, i64::MAX),
        };
        let list = |words: Vec<&str>| (!words.is_empty()).then(|| column::to_json(&words)).transpose();
        Ok(Bound {
            first,
            last,
            action: filter.action.map(|id| id.to_string()),
            verdicts: list(filter.verdicts.iter().map(|verdict| verdict.as_str()).collect())?,
            types: list(filter.event_types.iter().map(|event| event.as_str()).collect())?,
            text: filter.text.as_deref().filter(|text| !text.trim().is_empty()).map(contains),
        })
    }

    /// The numbers of a run's events: they follow each other. Empty when there is no such run.
    fn range_of(&self, run: RunId) -> Result<(i64, i64), StoreError> {
        let total = self.run(run)?.map_or(0, |run| run.new.total);
        let first = self.first_publication(run)?;
        Ok(first.map_or((1, 0), |first| (first, first + super::run::stored(total) - 1)))
    }

    fn selected(&self, bound: &Bound, limit: u32) -> Result<Vec<PublicationRow>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("SELECT {COLUMNS} {SELECTED} ORDER BY p.id DESC LIMIT :limit"))?;
        let rows = statement.query_map(
            named_params! { ":first": bound.first, ":last": bound.last, ":action": bound.action, ":verdicts": bound.verdicts,
            ":types": bound.types, ":text": bound.text, ":limit": limit },
            PublicationRow::read,
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn count(&self, bound: &Bound) -> Result<u64, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("SELECT count(*) {SELECTED}"))?;
        let count: i64 = statement.query_row(
            named_params! { ":first": bound.first, ":last": bound.last, ":action": bound.action, ":verdicts": bound.verdicts,
            ":types": bound.types, ":text": bound.text },
            |row| row.get(0),
        )?;
        Ok(count.unsigned_abs())
    }
}

/// Runs that were read already.
struct Runs<'a> {
    of: &'a Ref<'a>,
    known: HashMap<i64, RunRow>,
}

impl Runs<'_> {
    fn get(&mut self, number: i64) -> Result<&RunRow, StoreError> {
        if !self.known.contains_key(&number) {
            let run = self.of.run_numbered(number)?.ok_or_else(|| StoreError::NotFound { what: format!("run number {number}") })?;
            self.known.insert(number, run);
        }
        Ok(&self.known[&number])
    }
}

fn sum(a: &Counts, b: &Counts) -> Counts {
    Counts {
        not_sent: a.not_sent + b.not_sent,
        rejected: a.rejected + b.rejected,
        waiting: a.waiting + b.waiting,
        delivered: a.delivered + b.delivered,
        held_back: a.held_back + b.held_back,
        late: a.late + b.late,
        duplicate: a.duplicate + b.duplicate,
        changed: a.changed + b.changed,
        missing: a.missing + b.missing,
        unknown: a.unknown + b.unknown,
        unexpected: a.unexpected + b.unexpected,
    }
}
