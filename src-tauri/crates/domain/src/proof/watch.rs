//! How well the queue was watched.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// A span in which the queue was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// From here.
    pub from: Timestamp,
    /// To here.
    pub to: Timestamp,
    /// Why, as a sentence without a full stop.
    pub why: String,
}

impl Gap {
    /// Whether it shares a moment with the span from `from` to `to`.
    pub const fn overlaps(&self, from: Timestamp, to: Timestamp) -> bool {
        self.from.as_millis() < to.as_millis() && self.to.as_millis() > from.as_millis()
    }
}

/// A moment until which another reader that is gone may still hide messages from us (visibility timeout).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// Until here.
    pub until: Timestamp,
    /// Why, as a sentence without a full stop.
    pub why: String,
}

/// What is known about the reading of the queue when an event is judged.
#[derive(Debug, Clone, Copy)]
pub struct Watch<'a> {
    /// Now.
    pub now: Timestamp,
    /// The start of the latest receive that found the queue empty, everything read before it being committed.
    pub swept: Option<Timestamp>,
    /// Spans in which the queue was not read.
    pub gaps: &'a [Gap],
    /// Readers that are gone and may hide messages.
    pub hidden: Option<&'a Hidden>,
    /// Whether others read the queue, too, and may take what is looked for.
    pub is_shared: bool,
    /// Whether nobody goes on watching: the run's owner is gone, or the run is being closed.
    pub over: bool,
}

impl<'a> Watch<'a> {
    /// The watch of a run that nobody watches any more, or whose owner watches but says so elsewhere.
    pub const fn from_records(now: Timestamp, gaps: &'a [Gap], over: bool) -> Self {
        Self { now, swept: None, gaps, hidden: None, is_shared: false, over }
    }

    /// Whether what is not there yet may still be read: the deadline is not reached, or the queue will be read to its end once more. What
    /// lay in it while nobody read it is late then, not unknown, so that a gap alone says nothing before.
    pub(super) fn may_be_read(&self, deadline: Timestamp) -> bool {
        self.now <= deadline || !self.over && !self.is_swept(deadline)
    }

    fn is_swept(&self, deadline: Timestamp) -> bool {
        self.swept.is_some_and(|swept| swept >= deadline)
    }

    /// Why it cannot be said that nothing was there between `from` and `deadline`; none when it can. Asked once nothing more is read.
    pub(super) fn doubt(&self, from: Timestamp, deadline: Timestamp) -> Option<Doubt<'a>> {
        if let Some(gap) = self.gaps.iter().find(|gap| gap.overlaps(from, deadline)) {
            return Some(Doubt::Gap(gap));
        }
        if let Some(hidden) = self.hidden.filter(|hidden| hidden.until > deadline) {
            return Some(Doubt::Hidden(hidden));
        }
        match self.is_swept(deadline) {
            true => self.is_shared.then_some(Doubt::Shared),
            false => Some(Doubt::NotRead),
        }
    }
}

/// Why silence proves nothing.
pub(super) enum Doubt<'a> {
    /// The queue was not read for a while.
    Gap(&'a Gap),
    /// Another reader may hold the message.
    Hidden(&'a Hidden),
    /// It was read to its end, but others may have taken the message before.
    Shared,
    /// Nobody read the queue after the deadline, and nobody will.
    NotRead,
}
