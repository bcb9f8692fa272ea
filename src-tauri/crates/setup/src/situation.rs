//! The five situations of a partner event source (AWS partner onboarding guide), each with the customer's next step.

use crate::observed::SourceState;

/// How a partner event source and its bus stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Situation {
    /// There is no source: never made, deleted or expired.
    NoSource,
    /// PENDING without a bus: new, or the bus was deleted.
    Unassociated,
    /// ACTIVE: events go to the bus.
    Associated,
    /// PENDING with its bus: deactivated, or made again by the partner. The bus and its rules are kept.
    Inactive,
    /// DELETED by the partner.
    Deleted,
}

/// What the customer does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextCall {
    /// `CreateEventBus` with the source's name.
    CreateEventBus,
    /// `ActivateEventSource`: the bus is there already, so `CreateEventBus` would be refused.
    ActivateEventSource,
    /// Nothing: it is associated.
    Nothing,
    /// Nothing that the customer can do; the partner has to make the source again.
    Cannot,
}

impl Situation {
    /// Derives the situation from what was read. A source that is ACTIVE although its bus is gone is as good as not associated.
    pub const fn of(source: Option<SourceState>, has_bus: bool) -> Self {
        match (source, has_bus) {
            (None, _) => Self::NoSource,
            (Some(SourceState::Deleted), _) => Self::Deleted,
            (Some(_), false) => Self::Unassociated,
            (Some(SourceState::Pending), true) => Self::Inactive,
            (Some(SourceState::Active), true) => Self::Associated,
        }
    }

    /// The right next step.
    pub const fn next(self) -> NextCall {
        match self {
            Self::NoSource | Self::Deleted => NextCall::Cannot,
            Self::Unassociated => NextCall::CreateEventBus,
            Self::Inactive => NextCall::ActivateEventSource,
            Self::Associated => NextCall::Nothing,
        }
    }

    /// What it means for events, and what to do.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NoSource => {
                "There is no partner event source of this name: it was never made, was deleted, or expired. Save the alert action again."
            }
            Self::Unassociated => {
                "The source is pending and has no event bus: events are accepted and then lost. Associate it with an event bus."
            }
            Self::Associated => "The source is active: events go to its event bus.",
            Self::Inactive => {
                "The source is pending although its event bus is there (deactivated, or made again by the partner): events are accepted and then lost. Activate it; bus and rules are kept."
            }
            Self::Deleted => {
                "The partner deleted the source: events are rejected. Its event bus stays, but receives nothing until the partner makes the source again."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_situation_has_its_next_step() {
        use SourceState::{Active, Deleted, Pending};
        let cases = [
            (None, false, Situation::NoSource, NextCall::Cannot),
            (None, true, Situation::NoSource, NextCall::Cannot),
            (Some(Pending), false, Situation::Unassociated, NextCall::CreateEventBus),
            (Some(Active), true, Situation::Associated, NextCall::Nothing),
            (Some(Pending), true, Situation::Inactive, NextCall::ActivateEventSource),
            (Some(Deleted), true, Situation::Deleted, NextCall::Cannot),
            (Some(Deleted), false, Situation::Deleted, NextCall::Cannot),
            (Some(Active), false, Situation::Unassociated, NextCall::CreateEventBus),
        ];
        for (source, bus, situation, next) in cases {
            let found = Situation::of(source, bus);
            assert_eq!((found, found.next()), (situation, next), "{source:?} with bus {bus}");
        }
    }
}
