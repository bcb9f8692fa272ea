//! What was expected of an event, and what is true of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether an event must arrive in the queue, from what is intended: the action's event types and the rule's recorded pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    /// It must be read back.
    MustArrive,
    /// The rule's recorded pattern excludes it: it must not be read back.
    MustNotArrive,
    /// The action did not choose its type: iLert withholds it, so it never reaches the bus.
    Withheld,
}

impl Expectation {
    /// Whether the event must arrive.
    pub const fn must_arrive(self) -> bool {
        matches!(self, Self::MustArrive)
    }
}

/// The state of one event's proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Verdict {
    /// The request never left, or was refused before sending.
    NotSent,
    /// EventBridge refused the entry.
    Rejected,
    /// Accepted; the deadline is not reached.
    Waiting,
    /// Read back and equal, within the deadline.
    Delivered,
    /// Was not to arrive, and did not, while the poller was healthy.
    HeldBack,
    /// Read back after the deadline.
    Late,
    /// Delivered, and more than one distinct copy was read.
    Duplicate,
    /// Read back with different content.
    Changed,
    /// The deadline passed, nothing was read back, and the poller was healthy all the time.
    Missing,
    /// The deadline passed, but the poller had a gap or the outcome of the request is not known.
    Unknown,
    /// Arrived though it must not.
    Unexpected,
}

impl Verdict {
    /// All eleven, in the order of the design.
    pub const ALL: [Self; 11] = [
        Self::NotSent,
        Self::Rejected,
        Self::Waiting,
        Self::Delivered,
        Self::HeldBack,
        Self::Late,
        Self::Duplicate,
        Self::Changed,
        Self::Missing,
        Self::Unknown,
        Self::Unexpected,
    ];

    /// The word in JSON and in the store, for example `held_back`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::Rejected => "rejected",
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::HeldBack => "held_back",
            Self::Late => "late",
            Self::Duplicate => "duplicate",
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Unknown => "unknown",
            Self::Unexpected => "unexpected",
        }
    }

    /// The word for people, for example `Held back`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotSent => "Not sent",
            Self::Rejected => "Rejected",
            Self::Waiting => "Waiting",
            Self::Delivered => "Delivered",
            Self::HeldBack => "Held back",
            Self::Late => "Late",
            Self::Duplicate => "Duplicate",
            Self::Changed => "Changed",
            Self::Missing => "Missing",
            Self::Unknown => "Unknown",
            Self::Unexpected => "Unexpected",
        }
    }

    /// The verdict of a word as written by [`Verdict::as_str`].
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == word)
    }

    /// Whether this is what `expectation` asks for, so that the run can be proven.
    pub const fn fulfils(self, expectation: Expectation) -> bool {
        match expectation {
            Expectation::MustArrive => matches!(self, Self::Delivered | Self::Duplicate),
            Expectation::MustNotArrive | Expectation::Withheld => matches!(self, Self::HeldBack),
        }
    }
}

/// How many events of a run have which verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Counts {
    /// Never left.
    pub not_sent: u64,
    /// Refused by EventBridge.
    pub rejected: u64,
    /// Not settled yet.
    pub waiting: u64,
    /// Read back in time, duplicates included.
    pub delivered: u64,
    /// Kept out as intended.
    pub held_back: u64,
    /// Read back too late.
    pub late: u64,
    /// Delivered more than once; counted within `delivered` too.
    pub duplicate: u64,
    /// Read back with other content.
    pub changed: u64,
    /// Not read back.
    pub missing: u64,
    /// Cannot be told.
    pub unknown: u64,
    /// Arrived though they must not.
    pub unexpected: u64,
}

impl Counts {
    /// Adds `many` events of one verdict; a duplicate counts as delivered too.
    pub const fn add(&mut self, verdict: Verdict, many: u64) {
        let count = match verdict {
            Verdict::NotSent => &mut self.not_sent,
            Verdict::Rejected => &mut self.rejected,
            Verdict::Waiting => &mut self.waiting,
            Verdict::Delivered => &mut self.delivered,
            Verdict::HeldBack => &mut self.held_back,
            Verdict::Late => &mut self.late,
            Verdict::Duplicate => {
                self.delivered += many;
                &mut self.duplicate
            }
            Verdict::Changed => &mut self.changed,
            Verdict::Missing => &mut self.missing,
            Verdict::Unknown => &mut self.unknown,
            Verdict::Unexpected => &mut self.unexpected,
        };
        *count += many;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_reads_back_from_its_word() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::from_word(verdict.as_str()), Some(verdict));
            assert_eq!(serde_json::to_string(&verdict).unwrap(), format!("{:?}", verdict.as_str()), "one spelling everywhere");
        }
    }

    #[test]
    fn only_delivery_proves_what_must_arrive_and_only_silence_what_must_not() {
        for verdict in Verdict::ALL {
            let arrives = matches!(verdict, Verdict::Delivered | Verdict::Duplicate);
            assert_eq!(verdict.fulfils(Expectation::MustArrive), arrives, "{verdict:?}");
            assert_eq!(verdict.fulfils(Expectation::MustNotArrive), verdict == Verdict::HeldBack, "{verdict:?}");
            assert_eq!(verdict.fulfils(Expectation::Withheld), verdict == Verdict::HeldBack, "{verdict:?}");
        }
    }

    #[test]
    fn a_duplicate_counts_within_delivered() {
        let mut counts = Counts::default();
        counts.add(Verdict::Duplicate, 1);
        counts.add(Verdict::Delivered, 2);
        assert_eq!((counts.delivered, counts.duplicate), (3, 1));
    }
}
