//! The six links of a chain as they are, in words; and where the live chain differs from the recorded one. Pure.

mod bus;
mod queue;
mod rule;

use waybill_domain::{AlertAction, EventType, Timestamp};

use crate::observed::Observed;
use crate::record::{ChainRecord, Part};

/// Which link of a chain it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// Alert source.
    AlertSource,
    /// Alert action.
    AlertAction,
    /// Partner event source.
    PartnerSource,
    /// Event bus.
    Bus,
    /// Rule.
    Rule,
    /// SQS queue.
    Queue,
}

impl LinkKind {
    /// A stable id, for example `partner_source`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AlertSource => "alert_source",
            Self::AlertAction => "alert_action",
            Self::PartnerSource => "partner_source",
            Self::Bus => "bus",
            Self::Rule => "rule",
            Self::Queue => "queue",
        }
    }

    /// iLert's or AWS's word for it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::AlertSource => "Alert source",
            Self::AlertAction => "Alert action",
            Self::PartnerSource => "Partner event source",
            Self::Bus => "Event bus",
            Self::Rule => "Rule",
            Self::Queue => "SQS queue",
        }
    }
}

/// How a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkState {
    /// As it must be.
    Ok,
    /// There, but something is still to be done.
    Pending,
    /// Wrong: events do not get past it.
    Broken,
    /// Not made yet.
    None,
}

/// One link of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Which one.
    pub kind: LinkKind,
    /// Its name, or what is missing.
    pub name: String,
    /// Its ARN, where it has one and is there.
    pub arn: Option<String>,
    /// How it stands.
    pub state: LinkState,
    /// One or two words, for example `Active` or `Policy missing`.
    pub word: String,
    /// A sentence about it.
    pub sentence: String,
}

/// What the links are derived from.
#[derive(Clone, Copy)]
struct Look<'a> {
    record: &'a ChainRecord,
    observed: &'a Observed,
    now: Timestamp,
}

impl Look<'_> {
    /// Whether the record says that such a part stood once.
    fn stood(&self, is_it: impl Fn(&Part) -> bool) -> bool {
        self.record.resources.iter().any(|resource| resource.confirmed && is_it(&resource.part))
    }
}

impl Link {
    fn new(kind: LinkKind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into(), arn: None, state: LinkState::None, word: String::new(), sentence: String::new() }
    }

    fn at(self, arn: &str) -> Self {
        Self { arn: Some(arn.to_owned()), ..self }
    }

    fn is(self, state: LinkState, word: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { state, word: word.into(), sentence: sentence.into(), ..self }
    }
}

/// The six links, alert source first. `record` may be one that was only just begun ([`ChainRecord::new`]).
pub fn chain_state(action: &AlertAction, record: &ChainRecord, observed: &Observed, now: Timestamp) -> [Link; 6] {
    let look = Look { record, observed, now };
    [alert_source(action), alert_action(action), bus::source(look), bus::bus(look), rule::rule(look), queue::queue(look)]
}

fn alert_source(action: &AlertAction) -> Link {
    let source = &action.alert_source;
    let sentence = format!("Incidents are raised on alert source {}, number {}.", source.name, source.id);
    Link::new(LinkKind::AlertSource, &source.name).is(LinkState::Ok, "Known", sentence)
}

fn alert_action(action: &AlertAction) -> Link {
    let settings = &action.settings;
    let (name, when) = match settings.trigger_mode {
        waybill_domain::TriggerMode::Automatic => ("Automatic", "Every step of an incident publishes its event"),
        waybill_domain::TriggerMode::Manual => ("Manual", "Events are published on a click"),
    };
    let (chosen, all) = (settings.event_types.count(), EventType::ALL.len());
    let sentence = format!("{when}; {chosen} of {all} event types are chosen.");
    Link::new(LinkKind::AlertAction, name).is(LinkState::Ok, format!("{chosen} of {all} types"), sentence)
}

/// Where the live chain differs from what was recorded at its set-up, a sentence each. It never lowers what is expected of an event.
pub fn drift(record: &ChainRecord, observed: &Observed) -> Vec<String> {
    let look = Look { record, observed, now: record.updated_at };
    [bus::drift(look), rule::drift(look), queue::drift(look)].concat()
}

#[cfg(test)]
mod tests;
