//! What is published, and the envelope in which EventBridge delivers it.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{AccountId, AlertSourceId, Assignee, EventSource, EventType, IncidentId, IncidentStatus, Invalid, Priority, Region, Timestamp};

/// The `resources` of every event that iLert sends.
pub const RESOURCES: [&str; 1] = ["ilert"];

/// The `detail` of an event, in the field order of iLert's samples.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    /// The incident's number, as text.
    pub id: IncidentId,
    /// One line about the incident.
    pub summary: String,
    /// More about it.
    pub details: String,
    /// When it was reported, with milliseconds.
    pub report_time: Timestamp,
    /// Where it stands.
    pub status: IncidentStatus,
    /// The same word as the envelope's `detail-type`.
    pub event_type: EventType,
    /// How urgent it is.
    pub priority: Priority,
    /// The alert source it belongs to.
    pub alert_source: DetailSource,
    /// Who has it, or `null`.
    pub assigned_to: Option<Assignee>,
}

/// The alert source inside a `detail`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailSource {
    /// iLert's number of the source.
    pub id: AlertSourceId,
    /// Its name.
    pub name: String,
}

/// One event on its way out: everything that Waybill decides about it. EventBridge adds the id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The partner event source that sends it, or what stands for it in a rehearsal.
    pub source: EventSource,
    /// The `detail-type`.
    pub event_type: EventType,
    /// The `detail`: a JSON object as text.
    pub detail: String,
    /// The incident it is about.
    pub incident: IncidentId,
    /// The envelope's `time`; Waybill always sets it, in whole seconds.
    pub time: Timestamp,
    /// The account whose bus receives it.
    pub account: AccountId,
    /// The region of that bus.
    pub region: Region,
}

impl Outgoing {
    /// Largest request that PutEvents and PutPartnerEvents take, in bytes; the total must stay below it (API_PutEvents).
    pub const SIZE_LIMIT: usize = 1_048_576;

    /// The entry's size as EventBridge counts it: 14 bytes for the time, then the UTF-8 bytes of source, detail-type, detail and
    /// resources (user guide, "Calculating PutEvents event entry size").
    pub fn size(&self) -> usize {
        14 + self.source.as_str().len()
            + self.event_type.as_str().len()
            + self.detail.len()
            + RESOURCES.iter().map(|r| r.len()).sum::<usize>()
    }

    /// Refuses an entry that no request can carry: a request's total must stay below [`Outgoing::SIZE_LIMIT`].
    ///
    /// # Errors
    /// When the entry is too large.
    pub fn check_size(&self) -> Result<(), Invalid> {
        let size = self.size();
        if size < Self::SIZE_LIMIT {
            return Ok(());
        }
        let limit = Self::SIZE_LIMIT;
        Err(Invalid::new(
            "Detail",
            format!("the event has {size} bytes; EventBridge takes less than {limit} bytes (1 MB) in a request, so it was not sent"),
        ))
    }

    /// The envelope in which EventBridge will deliver this event, as JSON text; `id` is a placeholder until EventBridge has drawn one.
    pub fn envelope(&self, id: &str) -> String {
        let quote = |text: &str| serde_json::Value::from(text).to_string();
        format!(
            r#"{{"version":"0","id":{},"detail-type":{},"source":{},"account":{},"time":{},"region":{},"resources":["ilert"],"detail":{}}}"#,
            quote(id),
            quote(self.event_type.as_str()),
            quote(self.source.as_str()),
            quote(self.account.as_str()),
            quote(&self.time.to_seconds_string()),
            quote(self.region.as_str()),
            self.detail
        )
    }
}

/// An envelope as EventBridge writes it into a queue.
#[derive(Debug, Clone, Deserialize)]
pub struct Envelope {
    /// EventBridge's event id: the `EventId` of the response that accepted it.
    pub id: String,
    /// The `detail-type`.
    #[serde(rename = "detail-type")]
    pub detail_type: String,
    /// The event's source.
    pub source: String,
    /// The `detail` exactly as received.
    pub detail: Box<RawValue>,
}

impl Envelope {
    /// Reads a message body; `None` when it is not an EventBridge envelope.
    pub fn read(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    /// The incident that the event is about, where the detail names one as iLert does.
    pub fn incident(&self) -> Option<IncidentId> {
        #[derive(Deserialize)]
        struct OnlyId {
            id: IncidentId,
        }
        serde_json::from_str::<OnlyId>(self.detail.get()).ok().map(|only| only.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outgoing() -> Outgoing {
        Outgoing {
            source: "aws.partner/ilert.com/test/1".parse().unwrap(),
            event_type: EventType::Created,
            detail: r#"{"id":"7","n":1.0}"#.into(),
            incident: IncidentId(7),
            time: Timestamp::from_millis(1_628_237_776_154),
            account: "123456789012".parse().unwrap(),
            region: "eu-central-1".parse().unwrap(),
        }
    }

    #[test]
    fn an_envelope_reads_back_what_was_sent() {
        let body = outgoing().envelope("cb5fbc21-5156-2073-1f94-116d1dadae0e");
        let envelope = Envelope::read(&body).unwrap();
        assert_eq!(envelope.id, "cb5fbc21-5156-2073-1f94-116d1dadae0e");
        assert_eq!((envelope.detail_type.as_str(), envelope.incident()), ("incident-created", Some(IncidentId(7))));
        assert_eq!(envelope.detail.get(), r#"{"id":"7","n":1.0}"#, "the detail is kept to the letter");
    }

    #[test]
    fn other_bodies_are_not_envelopes() {
        for body in ["", "hello", "{}", "[]", r#"{"id":"x"}"#] {
            assert!(Envelope::read(body).is_none(), "{body:?}");
        }
    }

    #[test]
    fn the_size_is_counted_as_eventbridge_counts_it() {
        let out = outgoing();
        assert_eq!(out.size(), 14 + "aws.partner/ilert.com/test/1".len() + "incident-created".len() + out.detail.len() + 5);
    }
}
