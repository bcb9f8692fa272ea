//! The verdicts on all events of a run, packed: most have no reason.

use std::collections::BTreeMap;

use waybill_domain::{Judgement, Timestamp, Verdict};

/// The verdicts on the events of a run, in the order of publishing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgements {
    packed: Vec<Packed>,
    reasons: BTreeMap<u32, String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Packed {
    /// The smallest number stands for none.
    received_ms: i64,
    /// From sending to reading; the smallest number stands for none.
    latency_ms: i64,
    copies: u32,
    verdict: Verdict,
}

impl Judgements {
    /// How many events there are.
    pub fn len(&self) -> usize {
        self.packed.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// Every verdict with its event's place.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Judgement)> + '_ {
        (0u32..).zip(&self.packed).map(|(entry, packed)| (entry, packed.whole(self.reasons.get(&entry).cloned())))
    }
}

impl Packed {
    fn whole(&self, reason: Option<String>) -> Judgement {
        Judgement {
            verdict: self.verdict,
            reason,
            received_at: Some(self.received_ms).filter(|ms| *ms != i64::MIN).map(Timestamp::from_millis),
            latency_ms: Some(self.latency_ms).filter(|ms| *ms != i64::MIN),
            copies: self.copies.into(),
        }
    }
}

impl FromIterator<Judgement> for Judgements {
    fn from_iter<I: IntoIterator<Item = Judgement>>(judgements: I) -> Self {
        let mut all = Self::default();
        for (entry, judgement) in (0u32..).zip(judgements) {
            all.reasons.extend(judgement.reason.map(|reason| (entry, reason)));
            all.packed.push(Packed {
                received_ms: judgement.received_at.map_or(i64::MIN, Timestamp::as_millis),
                latency_ms: judgement.latency_ms.unwrap_or(i64::MIN),
                copies: u32::try_from(judgement.copies).unwrap_or(u32::MAX),
                verdict: judgement.verdict,
            });
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_unpacked_as_it_was() {
        let judged = |verdict, reason: Option<&str>, millis: Option<i64>| Judgement {
            verdict,
            reason: reason.map(Into::into),
            received_at: millis.map(Timestamp::from_millis),
            latency_ms: millis,
            copies: 3,
        };
        let all =
            [judged(Verdict::Delivered, None, Some(7)), judged(Verdict::Missing, Some("why"), None), judged(Verdict::Late, None, Some(0))];
        let packed: Judgements = all.clone().into_iter().collect();
        assert_eq!(packed.iter().collect::<Vec<_>>(), (0u32..).zip(all).collect::<Vec<_>>());
        assert_eq!((packed.len(), packed.is_empty()), (3, false));
    }
}
