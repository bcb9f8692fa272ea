//! Single deliveries: rows of the live stream, their detail, and the latency plot.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waybill_domain::{Difference, EventType, Timestamp, Verdict};

use super::Latency;

/// One published event with its verdict.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct DeliveryRow {
    /// Number of the publication; newer ones are larger.
    pub id: i64,
    /// The run it belongs to.
    pub run_id: String,
    /// The alert action, by id.
    pub action_id: String,
    /// The alert action's name.
    pub action: String,
    /// The event type.
    pub event_type: EventType,
    /// The incident's number.
    pub incident_id: String,
    /// Whether it must arrive.
    pub expected: bool,
    /// The verdict as it stands.
    pub verdict: Verdict,
    /// When it was sent; withheld events: when that was decided.
    #[ts(as = "Option<String>")]
    pub published_at: Option<Timestamp>,
    /// From sending to reading, in milliseconds.
    pub latency_ms: Option<i64>,
    /// EventBridge's event id.
    pub event_id: Option<String>,
    /// AWS's id of the request that carried it.
    pub request_id: Option<String>,
    /// Why, where the verdict needs a reason.
    pub reason: Option<String>,
}

/// Which deliveries to show; every field narrows.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct DeliveryFilter {
    /// Only this run.
    pub run_id: Option<String>,
    /// Only this alert action, by id.
    pub action_id: Option<String>,
    /// Only these verdicts; empty means all.
    pub verdicts: Vec<Verdict>,
    /// Only these event types; empty means all.
    pub event_types: Vec<EventType>,
    /// Text in the incident id, event id, request id or event type.
    pub text: Option<String>,
    /// Only what was sent, or withheld, then or later.
    #[ts(as = "Option<String>")]
    pub from: Option<Timestamp>,
    /// Only what was sent, or withheld, until then; the list begins there.
    #[ts(as = "Option<String>")]
    pub until: Option<Timestamp>,
}

/// A page of deliveries, newest first.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct DeliveriesPage {
    /// The rows.
    pub rows: Vec<DeliveryRow>,
    /// Pass as `before` for the next page; none at the end. One query looks at a bounded number of events: a page that is not full and
    /// names the next one has not found more so far.
    pub next: Option<i64>,
}

/// One step of an event's way, for the hop bars.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct HopView {
    /// `Written`, `Sent`, `Accepted` or `Read`.
    pub name: String,
    /// What happened, for example `PutPartnerEvents`.
    pub detail: String,
    /// When; none when it did not happen or was not observed.
    #[ts(as = "Option<String>")]
    pub at: Option<Timestamp>,
    /// Milliseconds since the hop before.
    pub took_ms: Option<i64>,
}

/// A copy of the event as it was read.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct CopyView {
    /// SQS message id.
    pub message_id: String,
    /// The body, exactly as received.
    pub body: String,
    /// When it was read.
    #[ts(as = "String")]
    pub received_at: Timestamp,
    /// SQS's receive count at that time.
    pub receive_count: Option<i64>,
}

/// One attempt to put the event on the bus.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct AttemptView {
    /// Its number, from 1.
    pub number: u32,
    /// When its request left, or was about to.
    #[ts(as = "String")]
    pub left_at: Timestamp,
    /// When its outcome was known; none while it is not.
    #[ts(as = "Option<String>")]
    pub answered_at: Option<Timestamp>,
    /// `on its way`, `accepted`, `refused`, `not sent` or `not known`.
    pub outcome: String,
    /// AWS's error code and message, or why it was not sent.
    pub reason: Option<String>,
    /// AWS's id of the request.
    pub request_id: Option<String>,
}

/// Everything about one delivery.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct DeliveryDetail {
    /// The row.
    pub row: DeliveryRow,
    /// The envelope as sent, with the event id where it is known.
    pub sent: String,
    /// Its size as EventBridge counts it, in bytes.
    pub sent_bytes: u64,
    /// Every attempt to send it, the first one first.
    pub attempts: Vec<AttemptView>,
    /// Every distinct copy read.
    pub copies: Vec<CopyView>,
    /// Where the first copy differs from what was sent.
    pub differences: Vec<Difference>,
    /// The way, hop by hop.
    pub hops: Vec<HopView>,
    /// When the deadline was or is.
    #[ts(as = "Option<String>")]
    pub deadline: Option<Timestamp>,
    /// The partner event source it was published on.
    pub partner_source: String,
    /// The queue that was read.
    pub queue: String,
    /// The event that this one publishes once more.
    pub first_attempt: Option<DeliveryRow>,
    /// Those that publish this one once more, oldest first.
    pub further_attempts: Vec<DeliveryRow>,
}

/// Percentiles of one slice of time.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct LatencyPoint {
    /// Start of the slice.
    #[ts(as = "String")]
    pub at: Timestamp,
    /// How many events.
    pub count: u64,
    /// Median, in milliseconds.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
    /// 99th percentile.
    pub p99: f64,
}

/// A bar of the histogram.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct LatencyBucket {
    /// Upper edge in milliseconds: a power of the eighth root of two, so that a percentile read from the bars is nine percent off at most.
    pub upto_ms: f64,
    /// How many events.
    pub count: u64,
}

/// The latency plot and histogram.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct LatencyView {
    /// Over all.
    pub summary: Latency,
    /// Over time, oldest first, at most 120 slices.
    pub points: Vec<LatencyPoint>,
    /// The histogram: bars that hold an event, shortest latency first.
    pub buckets: Vec<LatencyBucket>,
}
