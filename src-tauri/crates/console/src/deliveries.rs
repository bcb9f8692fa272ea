//! Single deliveries: pages, detail, latency.

use std::collections::BTreeMap;

use waybill_domain::{Content, Difference, Sending, Timestamp};
use waybill_store::{ArrivalRow, AttemptRow, DeliveryEntry, DeliveryFilter as Filter, DeliveryRecord, StoreError};

use crate::runs::{RowRun, delivery_row};
use crate::view::{
    AttemptView, CopyView, DeliveriesPage, DeliveryDetail, DeliveryFilter, DeliveryRow, HopView, Latency, LatencyBucket, LatencyPoint,
    LatencyView,
};
use crate::{Console, Error};

/// Most rows of a page.
const MOST_ROWS: u32 = 1000;

/// Events that the latency plot looks at, the newest ones.
const PLOTTED: u32 = 50_000;

/// Bars of the histogram from one power of two to the next.
const BARS_PER_DOUBLING: f64 = 8.0;

/// Slices of the latency plot.
const SLICES: i64 = 120;

/// Stands for an event id that is not known.
const NO_ID: &str = "";

impl Console {
    /// A page of deliveries, newest first.
    ///
    /// # Errors
    /// When an id in the filter is not one, or the store cannot be read.
    pub async fn deliveries(&self, filter: &DeliveryFilter, before: Option<i64>, limit: u32) -> Result<DeliveriesPage, Error> {
        let (filter, now, holds, limit) = (read_filter(filter)?, self.now(), self.holds(), limit.clamp(1, MOST_ROWS));
        let page = self.store().read(move |db| db.deliveries(&filter, (before, limit), now, &holds)).await?;
        Ok(DeliveriesPage { rows: page.entries.into_iter().map(row).collect(), next: page.next })
    }

    /// Everything about one delivery.
    ///
    /// # Errors
    /// When there is none with this number.
    pub async fn delivery(&self, id: i64) -> Result<DeliveryDetail, Error> {
        let (now, holds) = (self.now(), self.holds());
        let found = self.store().read(move |db| {
            let Some(record) = db.delivery(id, now, &holds)? else { return Ok(None) };
            let entry = |id| Ok::<_, StoreError>(db.delivery(id, now, &holds)?.map(|record| row(record.entry)));
            let first = db.first_attempt(record.entry.run)?.map(entry).transpose()?.flatten();
            let further = db.further_attempts(id)?.into_iter().filter_map(|id| entry(id).transpose()).collect::<Result<_, _>>()?;
            Ok(Some((record, first, further)))
        });
        let (record, first, further) = found.await?.ok_or_else(|| Error::NotFound(format!("there is no delivery {id}")))?;
        Ok(DeliveryDetail { first_attempt: first, further_attempts: further, ..detail(record) })
    }

    /// How long events took from sending to being read.
    ///
    /// # Errors
    /// When an id in the filter is not one, or the store cannot be read.
    pub async fn latency(&self, filter: &DeliveryFilter) -> Result<LatencyView, Error> {
        let filter = read_filter(filter)?;
        let samples = self.store().read(move |db| db.latencies(&filter, PLOTTED)).await?;
        let mut all: Vec<i64> = samples.iter().map(|(_, took)| *took).collect();
        Ok(LatencyView { points: points(&samples), buckets: buckets(&all), summary: percentiles(&mut all) })
    }
}

fn read_filter(filter: &DeliveryFilter) -> Result<Filter, Error> {
    Ok(Filter {
        run: filter.run_id.as_deref().map(str::parse).transpose()?,
        action: filter.action_id.as_deref().map(str::parse).transpose()?,
        verdicts: filter.verdicts.clone(),
        event_types: filter.event_types.clone(),
        text: filter.text.clone().filter(|text| !text.trim().is_empty()),
        from: filter.from,
        until: filter.until,
    })
}

fn row(entry: DeliveryEntry) -> DeliveryRow {
    let of = RowRun { run: entry.run, action: entry.action, action_name: entry.action_name };
    delivery_row(entry.id, &of, entry.report)
}

fn detail(record: DeliveryRecord) -> DeliveryDetail {
    let event_id = record.entry.report.event_id.clone().unwrap_or_else(|| NO_ID.to_owned());
    let sent = record.outgoing.envelope(&event_id);
    let first = record.arrivals.first();
    DeliveryDetail {
        differences: first.map(|copy| differences(&sent, &copy.body)).unwrap_or_default(),
        hops: hops(&record),
        sent,
        sent_bytes: record.outgoing.size() as u64,
        attempts: record.attempts.iter().map(attempt).collect(),
        copies: record.arrivals.iter().map(copy).collect(),
        deadline: record.entry.report.deadline,
        partner_source: record.outgoing.source.to_string(),
        queue: record.run.new.queue_arn.queue_name().to_owned(),
        first_attempt: None,
        further_attempts: Vec::new(),
        row: row(record.entry),
    }
}

fn attempt(attempt: &AttemptRow) -> AttemptView {
    let (outcome, reason) = match &attempt.sending {
        Sending::Accepted { .. } => ("accepted", None),
        Sending::Rejected { code, message, .. } => ("refused", Some(format!("{code}: {message}"))),
        Sending::NotSent { why } => ("not sent", Some(why.clone())),
        Sending::OutcomeUnknown { why, .. } => ("not known", Some(why.clone())),
        Sending::Planned | Sending::Withheld { .. } | Sending::Leaving { .. } => ("on its way", None),
    };
    AttemptView {
        number: attempt.number,
        left_at: attempt.left_at,
        answered_at: attempt.answered_at,
        outcome: outcome.to_owned(),
        reason,
        request_id: attempt.request_id.clone(),
    }
}

fn copy(arrival: &ArrivalRow) -> CopyView {
    CopyView {
        message_id: arrival.message_id.clone(),
        body: arrival.body.clone(),
        received_at: arrival.copy.at,
        receive_count: Some(i64::from(arrival.receive_count)),
    }
}

/// A body that is no envelope differs as a whole; then there is nothing to set against each other field by field.
fn differences(sent: &str, received: &str) -> Vec<Difference> {
    match (Content::read(sent), Content::read(received)) {
        (Ok(sent), Ok(received)) => sent.differences(&received),
        _ => Vec::new(),
    }
}

fn hops(record: &DeliveryRecord) -> Vec<HopView> {
    let report = &record.entry.report;
    let read = record.arrivals.first().map(|arrival| arrival.copy.at);
    let stations = [
        ("Written", "store, committed".to_owned(), Some(record.run.new.started_at)),
        ("Sent", "PutPartnerEvents".to_owned(), report.published_at),
        ("Accepted", report.request_id.clone().unwrap_or_default(), report.accepted_at),
        ("Read", "ReceiveMessage".to_owned(), read),
    ];
    let mut before: Option<Timestamp> = None;
    stations
        .into_iter()
        .map(|(name, detail, at)| {
            let took_ms = at.zip(before).map(|(at, before)| at.millis_since(before).max(0));
            before = at.or(before);
            HopView { name: name.to_owned(), detail, at, took_ms }
        })
        .collect()
}

fn percentiles(samples: &mut [i64]) -> Latency {
    let latency = waybill_domain::Latency::of(samples);
    Latency { p50: latency.p50, p95: latency.p95, p99: latency.p99, max: latency.max }
}

/// Percentiles over time: slices of equal length that hold at least one event.
fn points(samples: &[(Timestamp, i64)]) -> Vec<LatencyPoint> {
    let (Some((first, _)), Some((last, _))) = (samples.first(), samples.last()) else { return Vec::new() };
    let length = (last.millis_since(*first) / SLICES + 1).max(1);
    let slice = |at: &Timestamp| at.millis_since(*first) / length;
    samples
        .chunk_by(|(one, _), (other, _)| slice(one) == slice(other))
        .map(|chunk| {
            let mut took: Vec<i64> = chunk.iter().map(|(_, took)| *took).collect();
            let latency = percentiles(&mut took);
            let or_zero = |value: Option<i64>| value.unwrap_or_default() as f64;
            LatencyPoint {
                at: first.plus_millis(slice(&chunk[0].0) * length),
                count: chunk.len() as u64,
                p50: or_zero(latency.p50),
                p95: or_zero(latency.p95),
                p99: or_zero(latency.p99),
            }
        })
        .collect()
}

/// A histogram with eight bars to each doubling; only those that hold an event.
fn buckets(samples: &[i64]) -> Vec<LatencyBucket> {
    let mut counts: BTreeMap<i32, u64> = BTreeMap::new();
    for took in samples {
        let place = (BARS_PER_DOUBLING * (*took.max(&1) as f64).log2()).ceil() as i32;
        *counts.entry(place).or_default() += 1;
    }
    counts.into_iter().map(|(place, count)| LatencyBucket { upto_ms: (f64::from(place) / BARS_PER_DOUBLING).exp2(), count }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn bars_hold_every_event_and_end_little_above_it() {
        let bars: Vec<(f64, u64)> = buckets(&[0, 1, 2, 4, 9, 9]).into_iter().map(|bar| (bar.upto_ms, bar.count)).collect();
        assert_eq!(bars[..3], [(1.0, 2), (2.0, 1), (4.0, 1)]);
        assert!(bars[3].0 >= 9.0 && bars[3].0 < 9.0 * 1.091 && bars[3].1 == 2, "{bars:?}");
        assert!(buckets(&[]).is_empty());
    }

    #[test]
    fn the_plot_keeps_every_event_in_at_most_120_slices() {
        let samples: Vec<_> = (0..10_000).map(|n| (at(n * 37), n % 50)).collect();
        let points = points(&samples);
        assert!(points.len() <= SLICES as usize, "{} slices", points.len());
        assert_eq!(points.iter().map(|point| point.count).sum::<u64>(), 10_000);
    }

    #[test]
    fn one_event_is_one_point() {
        let points = points(&[(at(5), 12)]);
        assert_eq!((points.len(), points[0].count, points[0].p50), (1, 1, 12.0));
    }
}
