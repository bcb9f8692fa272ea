//! Deliveries: the events of all runs, newest first, by key. No table of its own; a view over `run`, `publication` and `arrival`.

use std::collections::HashMap;

use rusqlite::types::Null;
use rusqlite::{OptionalExtension, ToSql, named_params};
use waybill_domain::{ActionId, EventReport, EventType, Outgoing, RunId, Timestamp, Verdict};

use super::publication::COLUMNS;
use crate::{ArrivalRow, AttemptRow, CopyRow, PublicationRow, Ref, RunHolds, RunRow, StoreError, column};

/// Rows that one query looks at before it answers with what it has: an event of an open run is judged when it is looked at.
const BUDGET: u32 = 1500;

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
    /// Only what was sent, or withheld, then or later.
    pub from: Option<Timestamp>,
    /// Only what was sent, or withheld, until then.
    pub until: Option<Timestamp>,
}

/// A page of the list of deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryPage {
    /// The events, newest first.
    pub entries: Vec<DeliveryEntry>,
    /// The number below which the next page begins; none at the end.
    pub next: Option<i64>,
}

/// One event in the list of deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryEntry {
    /// The publication's number; newer ones are greater.
    pub id: i64,
    /// Its run.
    pub run: RunId,
    /// The alert action's id.
    pub action: ActionId,
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

/// What is asked of rows that were chosen by key. Every part is only there where the filter needs it, so that a plain page costs nothing.
const RESIDUAL: &str = "
      AND (:action IS NULL OR p.run_id IN (SELECT r.id FROM run r WHERE r.action_id = :action AND r.id = p.run_id))
      AND (:verdicts IS NULL OR p.verdict IS NULL OR p.verdict IN (SELECT value FROM json_each(:verdicts)))
      AND (:types IS NULL OR p.event_type IN (SELECT value FROM json_each(:types)))
      AND (:from IS NULL OR coalesce(p.left_at, p.answered_at) >= :from)
      AND (:until IS NULL OR coalesce(p.left_at, p.answered_at) <= :until)
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
    from: Option<i64>,
    until: Option<i64>,
}

impl DeliveryFilter {
    fn lets(&self, verdict: Verdict) -> bool {
        self.verdicts.is_empty() || self.verdicts.contains(&verdict)
    }

    /// The key that the text is as a whole, if it is one: found at once, however long ago that was.
    fn key(&self) -> Option<Key<'_>> {
        let text = self.text.as_deref()?.trim();
        if text.len() >= INCIDENT_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().ok().map(Key::Incident);
        }
        let is_uuid = text.len() == UUID_LENGTH && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
        is_uuid.then_some(Key::Event(text))
    }
}

/// A text that names events by a column with an index.
#[derive(Clone, Copy)]
enum Key<'a> {
    Incident(i64),
    Event(&'a str),
}

/// An incident's number has at least so many digits; fewer are a part of one.
const INCIDENT_DIGITS: usize = 7;

/// An event id as EventBridge writes it.
const UUID_LENGTH: usize = 36;

impl Ref<'_> {
    /// A page of deliveries, newest first: at most `limit` with numbers less than `before`, if given.
    ///
    /// One query looks at a bounded number of rows: where few of them pass the filter, it ends with fewer than `limit` and says where to
    /// go on.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn deliveries(
        &self,
        filter: &DeliveryFilter,
        page: (Option<i64>, u32),
        now: Timestamp,
        holds: &RunHolds,
    ) -> Result<DeliveryPage, StoreError> {
        let (before, limit) = page;
        let mut runs = Runs { of: self, known: HashMap::new() };
        let mut bound = self.bind(filter)?;
        bound.last = bound.last.min(before.map_or(i64::MAX, |before| before - 1));
        let key = self.key_of(filter)?;
        let (mut entries, mut left, mut chunk) = (Vec::new(), BUDGET, limit);
        while left > 0 {
            let asked = chunk.min(left);
            let candidates = self.candidates(filter, key, &bound, asked)?;
            let Some(lowest) = candidates.last().copied() else { return Ok(DeliveryPage { entries, next: None }) };
            let rows = self.selected(&bound, &candidates)?;
            let mut copies = self.copies_by_publication(&rows)?;
            for row in rows {
                let copies = copies.remove(&row.id).unwrap_or_default();
                let entry = entry(&row, &copies, runs.get(row.run)?, now, holds);
                if filter.lets(entry.report.judgement.verdict) {
                    entries.push(entry);
                }
                if entries.len() == limit as usize {
                    return Ok(DeliveryPage { next: Some(row.id), entries });
                }
            }
            left -= asked;
            bound.last = lowest - 1;
            chunk = chunk.saturating_mul(2);
        }
        Ok(DeliveryPage { next: Some(bound.last + 1), entries })
    }

    /// Everything about one delivery.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn delivery(&self, id: i64, now: Timestamp, holds: &RunHolds) -> Result<Option<DeliveryRecord>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!("SELECT {COLUMNS} FROM publication p WHERE p.id = ?1"))?;
        let Some(row) = statement.query_row([id], PublicationRow::read).optional()? else { return Ok(None) };
        let (Some(run), Some(outgoing)) = (self.run_numbered(row.run)?, self.outgoing(id)?) else { return Ok(None) };
        let entry = entry(&row, &self.copies_of(id)?, &run, now, holds);
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

    fn copies_by_publication(&self, rows: &[PublicationRow]) -> Result<HashMap<i64, Vec<CopyRow>>, StoreError> {
        let mut copies: HashMap<i64, Vec<CopyRow>> = HashMap::new();
        for copy in self.copies_among(&rows.iter().map(|row| row.id).collect::<Vec<_>>())? {
            copies.entry(copy.publication).or_default().push(copy);
        }
        Ok(copies)
    }

    fn bind(&self, filter: &DeliveryFilter) -> Result<Bound, StoreError> {
        let (mut first, mut last) = match filter.run {
            Some(run) => self.range_of(run)?,
            None => (0, i64::MAX),
        };
        if let Some(from) = filter.from {
            first = first.max(self.first_publication_from(from)?);
        }
        if let Some(until) = filter.until {
            last = last.min(self.last_publication_until(until)?);
        }
        let list = |words: Vec<&str>| (!words.is_empty()).then(|| column::to_json(&words)).transpose();
        Ok(Bound {
            first,
            last,
            action: filter.action.map(|id| id.to_string()),
            verdicts: list(filter.verdicts.iter().map(|verdict| verdict.as_str()).collect())?,
            types: list(filter.event_types.iter().map(|event| event.as_str()).collect())?,
            text: filter.text.as_deref().filter(|text| !text.trim().is_empty()).map(column::contains),
            from: filter.from.map(Timestamp::as_millis),
            until: filter.until.map(Timestamp::as_millis),
        })
    }

    /// The numbers of a run's events: they follow each other. Empty when there is no such run.
    fn range_of(&self, run: RunId) -> Result<(i64, i64), StoreError> {
        let total = self.run(run)?.map_or(0, |run| run.new.total);
        let first = self.first_publication(run)?;
        Ok(first.map_or((1, 0), |first| (first, first + super::run::stored(total) - 1)))
    }

    /// The key that the text is as a whole. A UUID may also be a request's, which has no index.
    fn key_of<'a>(&self, filter: &'a DeliveryFilter) -> Result<Option<Key<'a>>, StoreError> {
        let key = filter.key();
        match key {
            Some(Key::Event(id)) if self.publication_with(id)?.is_none() => Ok(None),
            key => Ok(key),
        }
    }

    /// The next numbers to look at, greatest first, along the index that leads to the fewest.
    fn candidates(&self, filter: &DeliveryFilter, key: Option<Key<'_>>, bound: &Bound, limit: u32) -> Result<Vec<i64>, StoreError> {
        const OF_INCIDENT: &str = "INDEXED BY publication_incident WHERE incident = ?4";
        const OF_EVENT: &str = "INDEXED BY publication_event WHERE event_id = ?4";
        const OF_VERDICT: &str = "INDEXED BY publication_verdict WHERE verdict IS ?4";
        let place = (bound.first, bound.last, limit);
        match key {
            Some(Key::Incident(incident)) => self.numbers(OF_INCIDENT, place, incident),
            Some(Key::Event(id)) => self.numbers(OF_EVENT, place, id),
            None if filter.verdicts.is_empty() => self.numbers("WHERE ?4 IS NULL", place, Null),
            None => {
                // Events of open runs have no verdict of their own yet.
                let mut numbers = self.numbers(OF_VERDICT, place, Null)?;
                for verdict in &filter.verdicts {
                    numbers.extend(self.numbers(OF_VERDICT, place, verdict.as_str())?);
                }
                numbers.sort_unstable_by(|one, other| other.cmp(one));
                numbers.truncate(limit as usize);
                Ok(numbers)
            }
        }
    }

    fn numbers(&self, chosen: &str, place: (i64, i64, u32), value: impl ToSql) -> Result<Vec<i64>, StoreError> {
        let (first, last, limit) = place;
        let text = format!("SELECT id FROM publication {chosen} AND id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT ?3");
        let mut statement = self.0.prepare_cached(&text)?;
        let rows = statement.query_map((first, last, limit, value), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn selected(&self, bound: &Bound, numbers: &[i64]) -> Result<Vec<PublicationRow>, StoreError> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM json_each(:numbers) n CROSS JOIN publication p ON p.id = n.value WHERE 1 {RESIDUAL} ORDER BY n.key"
        ))?;
        let rows = statement.query_map(
            named_params! { ":numbers": column::to_json(&numbers)?, ":action": bound.action, ":verdicts": bound.verdicts,
            ":types": bound.types, ":text": bound.text, ":from": bound.from, ":until": bound.until },
            PublicationRow::read,
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn entry(row: &PublicationRow, copies: &[CopyRow], run: &RunRow, now: Timestamp, holds: &RunHolds) -> DeliveryEntry {
    let report = row.report(run, copies, &run.watch(now, holds));
    DeliveryEntry { id: row.id, run: run.new.run, action: run.new.action, action_name: run.new.action_name.clone(), report }
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
