//! How far an event got on its way to the bus, and what was read of it.

use crate::Timestamp;

/// How far an event got on its way to the bus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sending {
    /// It waits for its turn.
    Planned,
    /// The action did not choose its type: it is never sent.
    Withheld {
        /// When that was decided; its deadline runs from here.
        at: Timestamp,
    },
    /// Its request was committed and then left; there is no answer yet.
    Leaving {
        /// When the request left.
        at: Timestamp,
    },
    /// EventBridge accepted it.
    Accepted {
        /// When the request left.
        left: Timestamp,
        /// When the answer was read; its deadline runs from here.
        at: Timestamp,
        /// The id that EventBridge gave it.
        event_id: String,
    },
    /// EventBridge refused it.
    Rejected {
        /// When the request left.
        left: Timestamp,
        /// The error code.
        code: String,
        /// The error message.
        message: String,
    },
    /// Its request never left.
    NotSent {
        /// Why, as a sentence.
        why: String,
    },
    /// Its request left, and whether EventBridge took it is not known. It is never sent again.
    OutcomeUnknown {
        /// When the request left; its deadline runs from here.
        left: Timestamp,
        /// Why, as a sentence.
        why: String,
    },
}

impl Sending {
    /// When its request left, if it did.
    pub const fn left_at(&self) -> Option<Timestamp> {
        match self {
            Self::Leaving { at } => Some(*at),
            Self::Accepted { left, .. } | Self::Rejected { left, .. } | Self::OutcomeUnknown { left, .. } => Some(*left),
            Self::Planned | Self::Withheld { .. } | Self::NotSent { .. } => None,
        }
    }

    /// When EventBridge accepted it, if it did.
    pub const fn accepted_at(&self) -> Option<Timestamp> {
        match self {
            Self::Accepted { at, .. } => Some(*at),
            _ => None,
        }
    }

    /// The id that EventBridge gave it, where it is known.
    pub fn event_id(&self) -> Option<&str> {
        match self {
            Self::Accepted { event_id, .. } => Some(event_id),
            _ => None,
        }
    }

    /// Until when it has to be read (or to stay away): from acceptance, or from sending where the outcome is not known, or from the
    /// moment it was withheld. None while it cannot be told, and for what never reached the bus.
    pub const fn deadline(&self, timeout_ms: i64) -> Option<Timestamp> {
        match self {
            Self::Withheld { at } | Self::Accepted { at, .. } => Some(at.plus_millis(timeout_ms)),
            Self::OutcomeUnknown { left, .. } => Some(left.plus_millis(timeout_ms)),
            Self::Planned | Self::Leaving { .. } | Self::Rejected { .. } | Self::NotSent { .. } => None,
        }
    }

    /// Whether it was put on the bus, as far as is known: it left and EventBridge did not refuse it.
    pub const fn is_published(&self) -> bool {
        matches!(self, Self::Leaving { .. } | Self::Accepted { .. } | Self::OutcomeUnknown { .. })
    }

    /// Whether nothing more will be learnt about its way to the bus.
    pub const fn is_final(&self) -> bool {
        !matches!(self, Self::Planned | Self::Leaving { .. })
    }
}

/// A distinct copy that was read from the queue and belongs to the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadBack {
    /// The `id` of its envelope; none when the target's transformer took it away.
    pub event_id: Option<String>,
    /// When the receive that brought it was answered.
    pub at: Timestamp,
    /// What differs from what was sent, in words; none when it is equal.
    pub differs: Option<String>,
}

impl ReadBack {
    /// Whether its content is what was sent.
    pub const fn is_equal(&self) -> bool {
        self.differs.is_none()
    }
}
