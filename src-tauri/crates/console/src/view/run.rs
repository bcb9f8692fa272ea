//! Runs: the shape of `waybill verify --format json` and `runs show`.

use serde::Serialize;
use ts_rs::TS;
use waybill_domain::{Counts, EventType, Timestamp, Verdict};

use super::EvidenceView;

/// Percentiles of the latency from sending to reading, in milliseconds; null where nothing was delivered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Latency {
    /// Median.
    pub p50: Option<i64>,
    /// 95th percentile.
    pub p95: Option<i64>,
    /// 99th percentile.
    pub p99: Option<i64>,
    /// The slowest.
    pub max: Option<i64>,
}

/// The poller's part of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PollerReport {
    /// Spans in which the queue was not read.
    pub gaps: u64,
    /// Receives completed.
    pub receives: u64,
}

/// A run without its events: the same fields as [`RunReport`], and what the window needs beside them.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct RunSummary {
    /// The run's id.
    pub run_id: String,
    /// The connection it ran on.
    pub connection: String,
    /// `partner`, `rehearsal` or `alert`.
    pub mode: String,
    /// The alert action's name.
    pub action: String,
    /// Whether everything was as expected and the poller had no gap.
    pub proven: bool,
    /// Whether something arrived after it was closed.
    pub amended: bool,
    /// Events put on the bus.
    pub published: u64,
    /// Events that EventBridge accepted.
    pub accepted: u64,
    /// Verdicts.
    #[serde(flatten)]
    pub counts: Counts,
    /// The poller's part.
    pub poller: PollerReport,
    /// Latencies.
    pub latency_ms: Latency,
    /// From the first request to the last verdict, in milliseconds.
    pub duration_ms: Option<i64>,
    /// The alert action's id.
    pub action_id: String,
    /// When it began.
    #[ts(as = "String")]
    pub started_at: Timestamp,
    /// When it was closed; none while it goes on or after it was interrupted.
    #[ts(as = "Option<String>")]
    pub closed_at: Option<Timestamp>,
    /// `running`, `closed` or `interrupted`.
    pub state: String,
    /// Events in all, withheld ones included.
    pub total: u64,
}

/// One event of a run.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct EventReport {
    /// Its type.
    pub event_type: EventType,
    /// Its incident's number.
    pub incident_id: String,
    /// EventBridge's id.
    pub event_id: Option<String>,
    /// Whether it must arrive.
    pub expected: bool,
    /// Its verdict.
    pub verdict: Verdict,
    /// When it was sent.
    #[ts(as = "Option<String>")]
    pub published_at: Option<Timestamp>,
    /// When EventBridge accepted it.
    #[ts(as = "Option<String>")]
    pub accepted_at: Option<Timestamp>,
    /// When the first copy was read.
    #[ts(as = "Option<String>")]
    pub received_at: Option<Timestamp>,
    /// From sending to reading, in milliseconds.
    pub latency_ms: Option<i64>,
    /// Distinct copies read.
    pub copies: u64,
    /// AWS's id of the request.
    pub request_id: Option<String>,
    /// Why, where the verdict needs a reason.
    pub reason: Option<String>,
}

/// A run without its events, as a report begins.
#[derive(Debug, Clone, Serialize)]
pub struct RunHead {
    /// Always `waybill.run/1`.
    pub schema: &'static str,
    /// The run.
    #[serde(flatten)]
    pub summary: RunSummary,
    /// What the live chain differed in from what was recorded, a sentence each.
    pub drift: Vec<String>,
    /// What was read when it began, and whether its records are as they were when it was closed.
    pub evidence: EvidenceView,
}

/// A whole run.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct RunReport {
    /// Always `waybill.run/1`.
    pub schema: String,
    /// The run.
    #[serde(flatten)]
    pub summary: RunSummary,
    /// What the live chain differed in from what was recorded, a sentence each.
    pub drift: Vec<String>,
    /// What was read when it began, and whether its records are as they were when it was closed.
    pub evidence: EvidenceView,
    /// Its events in the order of publishing.
    pub events: Vec<EventReport>,
}

/// How far a run in progress has come.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub struct RunProgress {
    /// The run's id.
    pub run_id: String,
    /// The alert action's name.
    pub action: String,
    /// Events in all.
    pub total: u64,
    /// Events put on the bus so far.
    pub published: u64,
    /// Events that have their verdict.
    pub settled: u64,
    /// Events per second that got their verdict lately; none before it can be told.
    pub per_second: Option<f64>,
    /// Milliseconds that the rest takes at this rate; none while nothing moves.
    pub left_ms: Option<u64>,
}
