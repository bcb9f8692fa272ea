//! The nine events that iLert sends to Amazon EventBridge.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Invalid;

/// One of the nine event types of an Amazon EventBridge alert action, in the order of iLert's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
pub enum EventType {
    /// An incident was created.
    #[serde(rename = "incident-created")]
    Created,
    /// Somebody accepted the incident.
    #[serde(rename = "incident-acknowledged")]
    Acknowledged,
    /// The incident was resolved.
    #[serde(rename = "incident-resolved")]
    Resolved,
    /// The incident was given to somebody.
    #[serde(rename = "incident-assigned")]
    Assigned,
    /// The escalation policy moved the incident on.
    #[serde(rename = "incident-auto-escalated")]
    AutoEscalated,
    /// The alert source resolved the incident.
    #[serde(rename = "incident-auto-resolved")]
    AutoResolved,
    /// The assignee rejected the incident.
    #[serde(rename = "incident-rejected")]
    Rejected,
    /// The incident's priority was raised.
    #[serde(rename = "incident-raised")]
    Raised,
    /// A comment was added.
    #[serde(rename = "incident-comment-added")]
    CommentAdded,
}

impl EventType {
    /// All nine, in the order of iLert's page.
    pub const ALL: [Self; 9] = [
        Self::Created,
        Self::Acknowledged,
        Self::Resolved,
        Self::Assigned,
        Self::AutoEscalated,
        Self::AutoResolved,
        Self::Rejected,
        Self::Raised,
        Self::CommentAdded,
    ];

    /// The spelling in `detail-type` and `detail.eventType`, for example `incident-created`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "incident-created",
            Self::Acknowledged => "incident-acknowledged",
            Self::Resolved => "incident-resolved",
            Self::Assigned => "incident-assigned",
            Self::AutoEscalated => "incident-auto-escalated",
            Self::AutoResolved => "incident-auto-resolved",
            Self::Rejected => "incident-rejected",
            Self::Raised => "incident-raised",
            Self::CommentAdded => "incident-comment-added",
        }
    }

    /// Whether iLert's page shows no sample of this event, so that its payload is derived from the others.
    pub const fn is_derived(self) -> bool {
        matches!(self, Self::Assigned | Self::AutoResolved | Self::Rejected | Self::Raised | Self::CommentAdded)
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for EventType {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::ALL.into_iter().find(|event| event.as_str() == text.trim()).ok_or_else(|| {
            Invalid::new("Event types", format!("`{}` is not one of the nine event types; an example is incident-created", text.trim()))
        })
    }
}

/// The event types that an alert action chose: at least one, each once, in the order of iLert's page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<EventType>", into = "Vec<EventType>")]
pub struct EventTypes(Vec<EventType>);

impl EventTypes {
    /// All nine.
    pub fn all() -> Self {
        Self(EventType::ALL.to_vec())
    }

    /// Keeps each chosen type once, in the page's order.
    ///
    /// # Errors
    /// When nothing is chosen.
    pub fn new(chosen: impl IntoIterator<Item = EventType>) -> Result<Self, Invalid> {
        let mut types: Vec<EventType> = chosen.into_iter().collect();
        types.sort_unstable();
        types.dedup();
        if types.is_empty() {
            return Err(Invalid::new("Event types", "choose at least one event type"));
        }
        Ok(Self(types))
    }

    /// The chosen types in the page's order.
    pub fn as_slice(&self) -> &[EventType] {
        &self.0
    }

    /// Whether `event` was chosen.
    pub fn contains(&self, event: EventType) -> bool {
        self.0.contains(&event)
    }

    /// How many were chosen: 1 to 9.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

impl FromStr for EventTypes {
    type Err = Invalid;

    /// Reads `all` or a list such as `incident-created,incident-resolved`.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        if text.trim() == "all" {
            return Ok(Self::all());
        }
        let named: Result<Vec<_>, _> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(EventType::from_str).collect();
        Self::new(named?)
    }
}

impl TryFrom<Vec<EventType>> for EventTypes {
    type Error = Invalid;

    fn try_from(types: Vec<EventType>) -> Result<Self, Invalid> {
        Self::new(types)
    }
}

impl From<EventTypes> for Vec<EventType> {
    fn from(types: EventTypes) -> Self {
        types.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_reads_back_from_its_own_spelling() {
        for event in EventType::ALL {
            assert_eq!(event.as_str().parse(), Ok(event));
            assert_eq!(serde_json::to_string(&event).unwrap(), format!("{:?}", event.as_str()), "one spelling everywhere");
        }
    }

    #[test]
    fn a_choice_is_in_page_order_and_never_empty() {
        let chosen: EventTypes = "incident-resolved, incident-created,incident-resolved".parse().unwrap();
        assert_eq!(chosen.as_slice(), [EventType::Created, EventType::Resolved]);
        assert_eq!("".parse::<EventTypes>().unwrap_err().field, "Event types");
        assert_eq!("alert-created".parse::<EventTypes>().unwrap_err().field, "Event types");
        assert_eq!("all".parse::<EventTypes>().unwrap().count(), 9);
    }
}
