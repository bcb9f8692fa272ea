//! Whether what was seen is the same at the end as it was before.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::sample::Sample;

/// How much memory of its own a run may have more in its last third than in the one before: noise, not growth.
const MORE_MEMORY: f64 = 1.02;

/// How much later the events of the last third may be read, by their medians (milliseconds).
const LATER_MS: f64 = 5.0;

/// Events of one minute.
pub(crate) struct Minute {
    started: String,
    events: usize,
    p50: f64,
    p99: f64,
}

/// The latencies of a run, minute by minute.
pub(crate) fn minutes(events: &Value) -> Vec<Minute> {
    let mut latencies: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for event in events.as_array().unwrap() {
        // Hours and minutes of an RFC 3339 time.
        let minute = event["published_at"].as_str().unwrap()[..16].to_owned();
        latencies.entry(minute).or_default().extend(event["latency_ms"].as_f64());
    }
    let minute = |(started, mut took): (String, Vec<f64>)| {
        took.sort_unstable_by(f64::total_cmp);
        let at = |percent: usize| took.get((took.len() * percent).div_ceil(100).saturating_sub(1)).copied().unwrap_or(f64::NAN);
        Minute { started, events: took.len(), p50: at(50), p99: at(99) }
    };
    latencies.into_iter().map(minute).collect()
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} events, p50 {} ms, p99 {} ms", self.started, self.events, self.p50, self.p99)
    }
}

/// The middle third of a run beside its last.
pub(crate) struct Verdict {
    own_mib: (f64, f64),
    descriptors: (usize, usize),
    p50: (f64, f64),
}

impl Verdict {
    pub(crate) fn of(samples: &[Sample], minutes: &[Minute]) -> Self {
        let most = |samples: &[Sample]| samples.iter().map(|sample| sample.descriptors).max().unwrap_or(0);
        let own = |samples: &[Sample]| median(samples.iter().map(|sample| sample.own_mib));
        let p50 = |minutes: &[Minute]| median(minutes.iter().map(|minute| minute.p50));
        let ((middle, last), (middle_minutes, last_minutes)) = (thirds(samples), thirds(minutes));
        Self { own_mib: (own(middle), own(last)), descriptors: (most(middle), most(last)), p50: (p50(middle_minutes), p50(last_minutes)) }
    }

    pub(crate) fn is_good(&self) -> bool {
        self.is_flat() && self.leaks_nothing() && self.is_steady()
    }

    fn is_flat(&self) -> bool {
        self.own_mib.1 <= self.own_mib.0 * MORE_MEMORY
    }

    const fn leaks_nothing(&self) -> bool {
        self.descriptors.1 <= self.descriptors.0
    }

    fn is_steady(&self) -> bool {
        self.p50.1 <= self.p50.0 + LATER_MS
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |is: bool, good: &'static str, bad: &'static str| if is { good } else { bad };
        let (before, after) = self.own_mib;
        writeln!(f, "memory {}: {before:.2} MiB in the middle third, {after:.2} in the last", word(self.is_flat(), "flat", "GROWS"))?;
        let (before, after) = self.descriptors;
        writeln!(f, "descriptors {}: at most {before}, then {after}", word(self.leaks_nothing(), "steady", "LEAK"))?;
        let (before, after) = self.p50;
        write!(f, "latency {}: p50 {before:.0} ms, then {after:.0} ms", word(self.is_steady(), "steady", "DRIFTS"))
    }
}

/// The middle and the last third.
fn thirds<T>(all: &[T]) -> (&[T], &[T]) {
    let third = all.len() / 3;
    (&all[third..2 * third], &all[2 * third..])
}

fn median(of: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = of.collect();
    all.sort_unstable_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}
