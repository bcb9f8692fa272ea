//! What came of a measurement.

use std::time::Duration;

use serde::Serialize;

use crate::plan::Via;

/// What came of a measurement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// `waybill.bench/1`
    pub schema: &'static str,
    /// Where it was measured.
    pub endpoint: String,
    /// Which way events went.
    pub via: Via,
    /// Events that were published and accepted.
    pub events: u32,
    /// Different ones that were received and deleted.
    pub received: usize,
    /// Events that were received again.
    pub again: u32,
    /// Until the last request to publish was answered, in seconds.
    pub publish_s: f64,
    /// Until the last event was deleted, in seconds.
    pub seconds: f64,
    /// Events per second over that time.
    pub events_per_s: f64,
    /// From the request to publish until an event was received; none where nothing was.
    pub latency_ms: Option<Latency>,
    /// What the server used; none without its process id.
    pub server: Option<ServerUse>,
    /// Processor time of the measuring itself, in milliseconds per event; none where the system does not tell.
    pub client_cpu_ms_per_event: Option<f64>,
}

/// Milliseconds from the request to publish until an event was received.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Latency {
    /// Half of the events took no longer.
    pub p50: f64,
    /// 99 of 100 took no longer.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

/// What the server used.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ServerUse {
    /// Its process.
    pub pid: u32,
    /// Processor time, in milliseconds.
    pub cpu_ms_per_event: f64,
    /// Resident memory before the first event, in MiB.
    pub memory_before_mib: f64,
    /// Resident memory after the last one, in MiB.
    pub memory_mib: f64,
    /// Resident memory at its highest since it started, in MiB.
    pub peak_mib: f64,
}

impl Latency {
    /// Of these; none without any.
    pub(crate) fn of(mut latencies: Vec<Duration>) -> Option<Self> {
        latencies.sort_unstable();
        let last = latencies.len().checked_sub(1)?;
        let at = |share: usize| thousandths(latencies[(latencies.len() * share / 100).min(last)].as_secs_f64() * 1e3);
        Some(Self { p50: at(50), p99: at(99), max: at(100) })
    }
}

/// Cut to three digits after the point.
pub(crate) fn thousandths(figure: f64) -> f64 {
    (figure * 1e3).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_sorted_times() {
        let times = (1..=200).rev().map(Duration::from_millis).collect();
        assert_eq!(Latency::of(times), Some(Latency { p50: 101.0, p99: 199.0, max: 200.0 }));
        assert_eq!(Latency::of(vec![Duration::from_micros(1_500)]), Some(Latency { p50: 1.5, p99: 1.5, max: 1.5 }));
        assert_eq!(Latency::of(Vec::new()), None);
    }
}
