//! How often each rule matched and sent, by the minute.

use std::collections::BTreeMap;

/// So many minutes of a rule are kept.
const KEPT: usize = 180;

const MINUTE_MS: i64 = 60_000;

/// What is counted (EventBridge user guide, eb-monitoring).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metric {
    MatchedEvents,
    TriggeredRules,
    Invocations,
    FailedInvocations,
    InvocationsSentToDlq,
    InvocationsFailedToBeSentToDlq,
}

impl Metric {
    const ALL: [Self; 6] = [
        Self::MatchedEvents,
        Self::TriggeredRules,
        Self::Invocations,
        Self::FailedInvocations,
        Self::InvocationsSentToDlq,
        Self::InvocationsFailedToBeSentToDlq,
    ];

    /// The metric of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| format!("{metric:?}") == name)
    }
}

/// What happened to a rule in a minute, by metric.
type Minute = [u64; Metric::ALL.len()];

type Minutes = BTreeMap<i64, Minute>;

/// The figures of all rules, by region, bus and rule. They begin with the process and are not saved.
#[derive(Debug, Default)]
pub(crate) struct Counters(BTreeMap<String, BTreeMap<String, BTreeMap<String, Minutes>>>);

impl Counters {
    /// Counts one for each of these metrics.
    pub(crate) fn count(&mut self, (region, bus, rule): (&str, &str, &str), metrics: &[Metric], now_ms: i64) {
        if metrics.is_empty() {
            return;
        }
        let minutes = at(at(at(&mut self.0, region), bus), rule);
        let minute = minutes.entry(now_ms.div_euclid(MINUTE_MS)).or_default();
        metrics.iter().for_each(|metric| minute[*metric as usize] += 1);
        if minutes.len() > KEPT {
            minutes.pop_first();
        }
    }

    /// The values of a metric in a span, each with the second at which its minute begins. What did not happen has no value.
    pub(super) fn values(
        &self,
        (region, bus, rule): (&str, &str, &str),
        metric: Metric,
        (since_s, until_s): (i64, i64),
    ) -> Vec<(i64, u64)> {
        let minutes = self.0.get(region).and_then(|buses| buses.get(bus)).and_then(|rules| rules.get(rule));
        let told = minutes.into_iter().flatten().map(|(minute, counts)| (minute * 60, counts[metric as usize]));
        told.filter(|(second, count)| *count > 0 && (since_s..until_s).contains(second)).collect()
    }
}

/// The entry under this key; the key is copied only where it is new.
fn at<'a, V: Default>(map: &'a mut BTreeMap<String, V>, key: &str) -> &'a mut V {
    if !map.contains_key(key) {
        map.insert(key.to_owned(), V::default());
    }
    map.get_mut(key).expect("it was put there just now")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_did_not_happen_has_no_value() {
        let mut counters = Counters::default();
        let rule = ("r", "b", "all");
        counters.count(rule, &[Metric::Invocations], 61_000);
        counters.count(rule, &[Metric::Invocations, Metric::FailedInvocations], 119_000);
        assert_eq!(counters.values(rule, Metric::Invocations, (0, 600)), [(60, 2)]);
        assert_eq!(counters.values(rule, Metric::FailedInvocations, (60, 120)), [(60, 1)]);
        assert_eq!(counters.values(rule, Metric::Invocations, (120, 600)), [], "its minute is not in the span");
        assert_eq!(counters.values(rule, Metric::TriggeredRules, (0, 600)), []);
        assert_eq!(Metric::named("FailedInvocations"), Some(Metric::FailedInvocations));
    }
}
