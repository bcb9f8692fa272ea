//! An incident's life cycle and the event that each step publishes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AlertSource, Detail, DetailSource, EventType, IncidentId, Timestamp};

/// Where an incident stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "UPPERCASE")]
#[ts(export)]
pub enum IncidentStatus {
    /// Nobody has accepted it.
    Pending,
    /// Somebody works on it.
    Accepted,
    /// It is over.
    Resolved,
}

/// How urgent an incident is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "UPPERCASE")]
#[ts(export)]
pub enum Priority {
    /// Escalates.
    High,
    /// Does not escalate.
    Low,
}

/// The person an incident is assigned to, as in the samples of iLert's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Assignee {
    /// iLert's number of the user.
    pub id: i64,
    /// Login name.
    pub username: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
}

impl Default for Assignee {
    /// The person of the iLert page's samples.
    fn default() -> Self {
        Self {
            id: 2_193_122,
            username: "text".into(),
            first_name: "FirstName".into(),
            last_name: "LastName".into(),
            email: "example@acme.com".into(),
        }
    }
}

/// The step is not possible where the incident stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("incident {incident} is {status:?}; {event} is not possible on it, raise a new incident")]
pub struct StepRefused {
    /// The incident.
    pub incident: IncidentId,
    /// Where it stands.
    pub status: IncidentStatus,
    /// The step that was asked for.
    pub event: EventType,
}

/// An incident of an alert source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its number; never used twice in a data folder.
    pub id: IncidentId,
    /// One line about it.
    pub summary: String,
    /// More about it.
    pub details: String,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// Where it stands.
    pub status: IncidentStatus,
    /// How urgent it is.
    pub priority: Priority,
    /// Who has it.
    pub assigned_to: Option<Assignee>,
}

impl Incident {
    /// A new incident: pending, high priority, assigned to nobody.
    pub fn new(id: IncidentId, summary: impl Into<String>, details: impl Into<String>, reported_at: Timestamp) -> Self {
        Self {
            id,
            summary: summary.into(),
            details: details.into(),
            reported_at,
            status: IncidentStatus::Pending,
            priority: Priority::High,
            assigned_to: None,
        }
    }

    /// The steps that are possible now, in the order of iLert's page.
    pub fn possible(&self) -> Vec<EventType> {
        EventType::ALL.into_iter().filter(|event| self.allows(*event)).collect()
    }

    fn allows(&self, event: EventType) -> bool {
        match (self.status, event) {
            (_, EventType::Created) => false,
            (_, EventType::CommentAdded) => true,
            (IncidentStatus::Resolved, _) => false,
            (IncidentStatus::Accepted, EventType::Acknowledged | EventType::AutoEscalated) => false,
            (IncidentStatus::Pending, EventType::Rejected) => self.assigned_to.is_some(),
            _ => true,
        }
    }

    /// Moves the incident through one step of its life cycle; `who` is taken by the steps that assign it.
    ///
    /// # Errors
    /// When the step is not possible where the incident stands; the incident is then unchanged.
    pub fn step(&mut self, event: EventType, who: Option<Assignee>) -> Result<(), StepRefused> {
        if !self.allows(event) {
            return Err(StepRefused { incident: self.id, status: self.status, event });
        }
        self.assume(event, who);
        Ok(())
    }

    /// Puts the incident where it stands after `event`, whatever it was before; a proof publishes all nine events of one incident
    /// in the page's order, which no single life cycle allows.
    pub fn assume(&mut self, event: EventType, who: Option<Assignee>) {
        let who = who.or_else(|| self.assigned_to.clone());
        match event {
            EventType::Created => {
                self.status = IncidentStatus::Pending;
                self.assigned_to = None;
            }
            EventType::Acknowledged => {
                self.status = IncidentStatus::Accepted;
                self.assigned_to = Some(who.unwrap_or_default());
            }
            EventType::Resolved | EventType::AutoResolved => {
                self.status = IncidentStatus::Resolved;
                self.assigned_to = None;
            }
            EventType::Assigned => self.assigned_to = Some(who.unwrap_or_default()),
            EventType::AutoEscalated => {
                self.status = IncidentStatus::Pending;
                self.assigned_to = Some(who.unwrap_or_default());
            }
            EventType::Rejected => {
                self.status = IncidentStatus::Pending;
                self.assigned_to = None;
            }
            EventType::Raised => self.priority = Priority::High,
            EventType::CommentAdded => {}
        }
    }

    /// The `detail` that `event` publishes about the incident as it stands.
    pub fn detail(&self, event: EventType, source: &AlertSource) -> Detail {
        Detail {
            id: self.id,
            summary: self.summary.clone(),
            details: self.details.clone(),
            report_time: self.reported_at,
            status: self.status,
            event_type: event,
            priority: self.priority,
            alert_source: DetailSource { id: source.id, name: source.name.clone() },
            assigned_to: self.assigned_to.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AlertSourceId;

    fn incident() -> Incident {
        Incident::new(IncidentId(3_710_705), "test incident", "My server is down", Timestamp::from_millis(1_628_237_761_154))
    }

    #[test]
    fn payloads_have_the_shape_of_the_pages_samples() {
        let source = AlertSource { id: AlertSourceId(2_193_327), name: "Test".into() };
        let nobody = r#""assignedTo":null"#;
        let somebody =
            r#""assignedTo":{"id":2193122,"username":"text","firstName":"FirstName","lastName":"LastName","email":"example@acme.com"}"#;
        let samples = [
            (EventType::Created, "PENDING", nobody),
            (EventType::AutoEscalated, "PENDING", somebody),
            (EventType::Acknowledged, "ACCEPTED", somebody),
            (EventType::Resolved, "RESOLVED", nobody),
        ];
        for (event, status, assigned) in samples {
            let mut incident = incident();
            incident.assume(event, None);
            let expected = format!(
                r#"{{"id":"3710705","summary":"test incident","details":"My server is down","reportTime":"2021-08-06T08:16:01.154Z","status":"{status}","eventType":"{event}","priority":"HIGH","alertSource":{{"id":2193327,"name":"Test"}},{assigned}}}"#
            );
            assert_eq!(serde_json::to_string(&incident.detail(event, &source)).unwrap(), expected, "the sample of {event}");
        }
    }

    #[test]
    fn derived_events_follow_the_agreed_states() {
        let cases = [
            (EventType::Assigned, IncidentStatus::Pending, true),
            (EventType::AutoResolved, IncidentStatus::Resolved, false),
            (EventType::Rejected, IncidentStatus::Pending, false),
            (EventType::Raised, IncidentStatus::Pending, false),
            (EventType::CommentAdded, IncidentStatus::Pending, false),
        ];
        for (event, status, assigned) in cases {
            let mut incident = incident();
            incident.assume(event, None);
            assert_eq!((incident.status, incident.assigned_to.is_some()), (status, assigned), "{event}");
            assert_eq!(incident.priority, Priority::High, "{event}");
        }
    }

    #[test]
    fn a_resolved_incident_takes_only_comments() {
        let mut incident = incident();
        incident.step(EventType::Acknowledged, None).unwrap();
        incident.step(EventType::Resolved, None).unwrap();
        assert_eq!(incident.possible(), [EventType::CommentAdded]);
        let before = incident.clone();
        assert!(incident.step(EventType::Acknowledged, None).is_err());
        assert_eq!(incident, before, "a refused step changes nothing");
    }

    #[test]
    fn an_incident_is_created_only_once() {
        assert!(incident().step(EventType::Created, None).is_err());
    }
}
