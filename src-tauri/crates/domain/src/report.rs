//! What is reported of a run: the same for one that has just ended and for one that was kept.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{ActionId, Counts, EventType, Evidence, Expectation, IncidentId, Invalid, Judgement, RunId, Timestamp, Verdict};

/// How the events of a run come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Waybill publishes as the partner (`PutPartnerEvents`).
    Partner,
    /// Waybill publishes to a twin custom bus (`PutEvents`).
    Rehearsal,
    /// A real alert is raised in iLert.
    Alert,
}

impl Mode {
    /// The word on the command line and in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Rehearsal => "rehearsal",
            Self::Alert => "alert",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Mode {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        [Self::Partner, Self::Rehearsal, Self::Alert]
            .into_iter()
            .find(|mode| mode.as_str() == text.trim())
            .ok_or_else(|| Invalid::new("Mode", format!("`{}` is not a mode; choose partner, rehearsal or alert", text.trim())))
    }
}

/// Percentiles of the latency from sending to reading, in milliseconds; none where nothing was read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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

impl Latency {
    /// The percentiles of `samples` by nearest rank; the samples end up sorted.
    pub fn of(samples: &mut [i64]) -> Self {
        samples.sort_unstable();
        let rank =
            |percent: usize| samples.len().checked_mul(percent).map(|n| n.div_ceil(100).max(1) - 1).and_then(|i| samples.get(i).copied());
        Self { p50: rank(50), p95: rank(95), p99: rank(99), max: samples.last().copied() }
    }
}

/// Whether somebody works on a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunState {
    /// Its program works on it.
    Running,
    /// It has its verdict.
    Closed,
    /// Its program is gone; the next one that reads its queue takes it up.
    Interrupted,
}

/// A run without its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunSummary {
    /// Its id.
    pub run: RunId,
    /// The connection it ran on.
    pub connection: String,
    /// How its events came about.
    pub mode: Mode,
    /// The alert action's id; the action may be gone.
    pub action: ActionId,
    /// The alert action's name at that time.
    pub action_name: String,
    /// Whether somebody works on it.
    pub state: RunState,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Events in all, withheld ones included.
    pub total: u64,
    /// What became of the events.
    pub tally: Tally,
    /// Spans in which the queue was not read.
    pub gaps: u64,
    /// Receives completed.
    pub receives: u64,
    /// Whether something arrived after it was closed.
    pub amended: bool,
    /// Whether everything was as expected and the poller had no gap; never true before it is closed.
    pub proven: bool,
}

impl RunSummary {
    /// From the beginning to the close, in milliseconds; none while it is open.
    pub fn duration_ms(&self) -> Option<i64> {
        self.closed_at.map(|closed| closed.millis_since(self.started_at))
    }
}

/// One event of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventReport {
    /// Its place in the run, from 0.
    pub entry: u32,
    /// Its type.
    pub event_type: EventType,
    /// Its incident.
    pub incident: IncidentId,
    /// Whether it must arrive.
    pub expectation: Expectation,
    /// EventBridge's id, where it is known.
    pub event_id: Option<String>,
    /// AWS's id of the request that carried it.
    pub request_id: Option<String>,
    /// When its request left.
    pub published_at: Option<Timestamp>,
    /// When EventBridge accepted it.
    pub accepted_at: Option<Timestamp>,
    /// Until when it has to be read, or to stay away.
    pub deadline: Option<Timestamp>,
    /// The verdict with its reason, reading time, latency and copies.
    pub judgement: Judgement,
}

/// What became of the events of a run, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Events put on the bus: their request left and was not refused.
    pub published: u64,
    /// Events that EventBridge accepted.
    pub accepted: u64,
    /// Verdicts.
    pub counts: Counts,
    /// Events whose verdict is what was expected of them.
    pub fulfilled: u64,
    /// Latency of what was read back.
    pub latency: Latency,
}

/// Counts events one by one.
#[derive(Debug, Default)]
pub struct Tallying {
    tally: Tally,
    latencies: Vec<i64>,
}

impl Tallying {
    /// Counts one event.
    pub fn add(&mut self, evidence: &Evidence, judgement: &Judgement) {
        self.tally.published += u64::from(evidence.sending.is_published());
        self.tally.accepted += u64::from(evidence.sending.accepted_at().is_some());
        self.tally.counts.add(judgement.verdict, 1);
        self.tally.fulfilled += u64::from(judgement.verdict.fulfils(evidence.expectation));
        if matches!(judgement.verdict, Verdict::Delivered | Verdict::Duplicate | Verdict::Late) {
            self.latencies.extend(judgement.latency_ms);
        }
    }

    /// The sum.
    pub fn finish(mut self) -> Tally {
        self.tally.latency = Latency::of(&mut self.latencies);
        self.tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_samples_that_were_seen() {
        let mut hundred: Vec<i64> = (1..=100).rev().collect();
        assert_eq!(Latency::of(&mut hundred), Latency { p50: Some(50), p95: Some(95), p99: Some(99), max: Some(100) });
        assert_eq!(Latency::of(&mut [7]), Latency { p50: Some(7), p95: Some(7), p99: Some(7), max: Some(7) });
        assert_eq!(Latency::of(&mut []), Latency::default(), "nothing read back has no latency");
    }
}
