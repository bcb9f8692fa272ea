//! What is to be measured.

use std::time::Duration;

/// Events of one request when going fast: as many as `PutEvents` takes.
const BATCH: u32 = 10;

/// Which way events go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// `PutPartnerEvents` through a partner event source.
    #[default]
    Partner,
    /// `PutEvents` on a custom bus.
    Custom,
}

/// What is to be measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// How many events.
    pub events: u32,
    /// Events per second, one per request; none goes as fast as it can, ten per request.
    pub rate: Option<f64>,
    /// Connections that publish.
    pub publishers: u32,
    /// Connections that receive and delete; with 0 everything stays in the queue, and the chain with it.
    pub receivers: u32,
    /// Which way.
    pub via: Via,
    /// The process that serves the endpoint, to tell its CPU time and memory (Linux).
    pub pid: Option<u32>,
    /// How long nothing may arrive before what is missing is given up.
    pub patience: Duration,
}

impl Default for Plan {
    fn default() -> Self {
        let patience = Duration::from_secs(10);
        Self { events: 10_000, rate: None, publishers: 8, receivers: 8, via: Via::Partner, pid: None, patience }
    }
}

impl Plan {
    /// Events of one request.
    pub(crate) fn batch(&self) -> u32 {
        if self.rate.is_some() { 1 } else { BATCH }
    }

    /// When the event of this number is to leave, from the begin.
    pub(crate) fn due(&self, number: u32) -> Duration {
        self.rate.map_or(Duration::ZERO, |rate| Duration::from_secs_f64(f64::from(number) / rate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paced_plan_sends_single_events_at_their_time() {
        let paced = Plan { rate: Some(20.0), ..Plan::default() };
        assert_eq!((paced.batch(), paced.due(0), paced.due(30)), (1, Duration::ZERO, Duration::from_millis(1500)));
        let fast = Plan::default();
        assert_eq!((fast.batch(), fast.due(9_999)), (10, Duration::ZERO), "as fast as it goes");
    }
}
