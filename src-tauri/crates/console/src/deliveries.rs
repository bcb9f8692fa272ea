//! Single deliveries: pages, detail, latency.

use waybill_domain::{Content, Difference, Sending, Timestamp};
use waybill_store::{ArrivalRow, AttemptRow, DeliveryEntry, DeliveryFilter as Filter, DeliveryRecord};

use crate::runs::delivery_row;
use crate::view::{
    AttemptView, CopyView, DeliveriesPage, DeliveryDetail, DeliveryFilter, DeliveryRow, HopView, Latency, LatencyBucket, LatencyPoint,
    LatencyView,
};
use crate::{Console, Error};

/// Most rows of a page.
const MOST_ROWS: u32 = 1000;

/// Events that the latency plot looks at, the newest ones.
const PLOTTED: u32 = 100_000;

/// Slices of the latency plot.
const SLICES: i64 = 120;

/// Stands for an event id that is not known.
const NO_ID: &str = "";

impl Console {
    /// A page of deliveries, newest first, with the counts of everything that the filter's run and action let through.
    ///
    /// # Errors
    /// When an id in the filter is not one, or the store cannot be read.
    pub async fn deliveries(&self, filter: &DeliveryFilter, before: Option<i64>, limit: u32) -> Result<DeliveriesPage, Error> {
        let (filter, now, holds, limit) = (read_filter(filter)?, self.now(), self.holds(), limit.clamp(1, MOST_ROWS));
        let (entries, (counts, total)) = self
            .store()
            .read(move |db| Ok((db.deliveries(&filter, (before, limit), now, &holds)?, db.delivery_counts(&filter, now, &holds)?)))
            .await?;
        let next = entries.last().filter(|_| entries.len() == limit as usize).map(|entry| entry.id);
        Ok(DeliveriesPage { rows: entries.into_iter().map(row).collect(), next, counts, total })
    }

    /// Everything about one delivery.
    ///
    /// # Errors
    /// When there is none with this number.
    pub async fn delivery(&self, id: i64) -> Result<DeliveryDetail, Error> {
        let (now, holds) = (self.now(), self.holds());
        let found = self.store().read(move |db| db.delivery(id, now, &holds)).await?;
        found.map(detail).ok_or_else(|| Error::NotFound(format!("there is no delivery {id}")))
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
    })
}

fn row(entry: DeliveryEntry) -> DeliveryRow {
    delivery_row(entry.id, entry.run.to_string(), entry.action_name, entry.report)
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

/// A histogram whose bars double in width, from the first to the last that holds an event.
fn buckets(samples: &[i64]) -> Vec<LatencyBucket> {
    let place = |took: i64| (64 - (took.max(1) - 1).leading_zeros()) as usize;
    let mut counts = [0u64; 65];
    for took in samples {
        counts[place(*took)] += 1;
    }
    let filled = |count: &u64| *count > 0;
    let (Some(first), Some(last)) = (counts.iter().position(filled), counts.iter().rposition(filled)) else { return Vec::new() };
    (first..=last).map(|place| LatencyBucket { upto_ms: 2f64.powi(place as i32), count: counts[place] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn bars_double_and_hold_every_event() {
        let bars: Vec<(f64, u64)> = buckets(&[0, 1, 2, 3, 4, 5, 9]).into_iter().map(|bar| (bar.upto_ms, bar.count)).collect();
        assert_eq!(bars, [(1.0, 2), (2.0, 1), (4.0, 2), (8.0, 1), (16.0, 1)]);
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
