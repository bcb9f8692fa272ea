//! The rules of design §4 in one place.

use super::reason;
use super::{Evidence, ReadBack, Sending, Watch};
use crate::{Timestamp, Verdict};

/// The verdict on one event as things stand, and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, where the verdict alone does not say it.
    pub reason: Option<String>,
    /// When the copy that decided it was read.
    pub received_at: Option<Timestamp>,
    /// From sending to reading that copy, in milliseconds.
    pub latency_ms: Option<i64>,
    /// Distinct copies read.
    pub copies: u64,
}

impl Evidence {
    /// Judges the event: a pure function of what is known, independent of the order in which it became known.
    pub fn judge(&self, timeout_ms: i64, watch: &Watch<'_>) -> Judgement {
        match &self.sending {
            Sending::Planned if watch.over => self.told(Verdict::NotSent, reason::NEVER_LEFT),
            Sending::Planned => self.silent(Verdict::Waiting),
            Sending::NotSent { why } if self.copies.is_empty() => self.told(Verdict::NotSent, why.as_str()),
            Sending::NotSent { why } => self.told(Verdict::Unknown, reason::came_though(why)),
            Sending::Rejected { code, message, .. } => self.told(Verdict::Rejected, reason::rejected(code, message, self.copies.len())),
            Sending::Leaving { .. } if !watch.over => self.silent(Verdict::Waiting),
            Sending::Leaving { at } => self.on_the_way(at.plus_millis(timeout_ms), timeout_ms, watch),
            Sending::Withheld { .. } | Sending::Accepted { .. } | Sending::OutcomeUnknown { .. } => {
                let deadline = self.sending.deadline(timeout_ms).expect("these three have a deadline");
                self.on_the_way(deadline, timeout_ms, watch)
            }
        }
    }

    /// What a further copy means for an event of a run that is closed: the closed verdict stands, the copy is appended with this word.
    pub fn amendment(&self, timeout_ms: i64, copy: &ReadBack) -> Verdict {
        let is_in_time = || self.sending.deadline(timeout_ms).is_some_and(|deadline| copy.at <= deadline);
        if !self.expectation.must_arrive() || !self.sending.is_published() {
            Verdict::Unexpected
        } else if self.copies.iter().any(|before| self.is_own(before)) {
            Verdict::Duplicate
        } else if !self.is_own(copy) {
            // The same content under an event id that EventBridge did not give this event: it is not the event that is late.
            Verdict::Unexpected
        } else if !copy.is_equal() {
            Verdict::Changed
        } else if is_in_time() {
            // By the clock of whoever read it. But no clock is agreed on across the close, and one that was set back says the same.
            Verdict::Unknown
        } else {
            Verdict::Late
        }
    }

    fn on_the_way(&self, deadline: Timestamp, timeout_ms: i64, watch: &Watch<'_>) -> Judgement {
        if !self.expectation.must_arrive() {
            return match self.earliest(|_| true) {
                Some(copy) => self.read(Verdict::Unexpected, copy, reason::unexpected(self.expectation)),
                None => self.unread(deadline, timeout_ms, watch),
            };
        }
        if self.is_ambiguous() {
            return self.told(Verdict::Unknown, reason::AMBIGUOUS);
        }
        if let Some(copy) = self.earliest(|copy| self.is_own(copy) && copy.is_equal() && copy.at <= deadline) {
            return match self.copies.len() {
                1 => self.read(Verdict::Delivered, copy, None),
                many => {
                    self.read(Verdict::Duplicate, copy, reason::copies(many, self.copies.iter().find_map(|copy| copy.differs.as_deref())))
                }
            };
        }
        match self.earliest(|copy| self.is_own(copy)) {
            Some(copy @ ReadBack { differs: Some(what), .. }) => {
                self.read(Verdict::Changed, copy, reason::changed(what, copy.at.millis_since(deadline)))
            }
            Some(copy) => self.read(Verdict::Late, copy, reason::late(copy.at.millis_since(deadline))),
            None => self.unread(deadline, timeout_ms, watch),
        }
    }

    fn unread(&self, deadline: Timestamp, timeout_ms: i64, watch: &Watch<'_>) -> Judgement {
        if watch.may_be_read(deadline) {
            return self.silent(Verdict::Waiting);
        }
        if let Sending::OutcomeUnknown { why, .. } = &self.sending {
            return self.told(Verdict::Unknown, why.as_str());
        }
        if matches!(self.sending, Sending::Leaving { .. }) {
            return self.told(Verdict::Unknown, reason::NO_ANSWER);
        }
        let from = self.sending.left_at().unwrap_or(deadline.plus_millis(-timeout_ms));
        match watch.doubt(from, deadline) {
            Some(doubt) => self.told(Verdict::Unknown, reason::doubt(&doubt)),
            None if self.expectation.must_arrive() => self.told(Verdict::Missing, reason::missing(timeout_ms, !self.copies.is_empty())),
            None => self.told(Verdict::HeldBack, reason::held_back(self.expectation)),
        }
    }

    /// Whether a copy is the event itself: by EventBridge's id where that is known, else by what made it belong to the event.
    fn is_own(&self, copy: &ReadBack) -> bool {
        match (self.sending.event_id(), &copy.event_id) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => true,
        }
    }

    /// Whether the outcome of the request is not known and copies with different event ids claim to be the event.
    fn is_ambiguous(&self) -> bool {
        let mut ids = self.copies.iter().filter_map(|copy| copy.event_id.as_deref());
        let first = ids.next();
        self.sending.event_id().is_none() && ids.any(|id| Some(id) != first)
    }

    fn earliest(&self, fits: impl Fn(&ReadBack) -> bool) -> Option<&ReadBack> {
        self.copies.iter().filter(|copy| fits(copy)).min_by_key(|copy| (copy.at, !copy.is_equal()))
    }

    fn read(&self, verdict: Verdict, copy: &ReadBack, reason: impl Into<Option<String>>) -> Judgement {
        let latency_ms = self.sending.left_at().map(|left| copy.at.millis_since(left).max(0));
        Judgement { received_at: Some(copy.at), latency_ms, ..self.told_or_not(verdict, reason.into()) }
    }

    fn told(&self, verdict: Verdict, reason: impl Into<String>) -> Judgement {
        self.told_or_not(verdict, Some(reason.into()))
    }

    fn silent(&self, verdict: Verdict) -> Judgement {
        self.told_or_not(verdict, None)
    }

    fn told_or_not(&self, verdict: Verdict, reason: Option<String>) -> Judgement {
        Judgement { verdict, reason, received_at: None, latency_ms: None, copies: self.copies.len() as u64 }
    }
}
