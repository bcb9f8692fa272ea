//! What is expected of an event, from what is intended.

use waybill_domain::{EventTypes, Expectation, Outgoing};
use waybill_pattern::{EventError, Pattern};

/// An id of the right form for an event that has none yet.
pub(crate) const NO_ID_YET: &str = "00000000-0000-0000-0000-000000000000";

/// Whether `outgoing` must arrive: an event type that the action did not choose is withheld, one that the recorded pattern of the
/// rule excludes must not arrive, everything else must.
///
/// # Errors
/// When the event's detail is not JSON.
pub fn expectation(chosen: &EventTypes, recorded: &Pattern, outgoing: &Outgoing) -> Result<Expectation, EventError> {
    if !chosen.contains(outgoing.event_type) {
        return Ok(Expectation::Withheld);
    }
    Ok(match recorded.matches_str(&outgoing.envelope(NO_ID_YET))? {
        true => Expectation::MustArrive,
        false => Expectation::MustNotArrive,
    })
}

#[cfg(test)]
mod tests {
    use waybill_domain::{EventType, IncidentId, Timestamp};

    use super::*;

    #[test]
    fn what_is_intended_decides_what_must_arrive() {
        let outgoing = Outgoing {
            source: "aws.partner/ilert.com/test/1".parse().unwrap(),
            event_type: EventType::Created,
            detail: r#"{"id":"1"}"#.into(),
            incident: IncidentId(1),
            time: Timestamp::from_millis(0),
            account: "123456789012".parse().unwrap(),
            region: "eu-central-1".parse().unwrap(),
        };
        let created = EventTypes::new([EventType::Created]).unwrap();
        let resolved = EventTypes::new([EventType::Resolved]).unwrap();
        let all = Pattern::parse(r#"{"account":["123456789012"]}"#).unwrap();
        let none = Pattern::parse(r#"{"detail-type":["incident-resolved"]}"#).unwrap();
        assert_eq!(expectation(&created, &all, &outgoing), Ok(Expectation::MustArrive));
        assert_eq!(expectation(&created, &none, &outgoing), Ok(Expectation::MustNotArrive));
        assert_eq!(expectation(&resolved, &all, &outgoing), Ok(Expectation::Withheld), "the action's choice comes before the rule");
        assert!(expectation(&created, &all, &Outgoing { detail: "{".into(), ..outgoing }).is_err());
    }
}
