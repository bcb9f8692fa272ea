//! The nine sample events of iLert's page, as this chain would carry them.

use waybill_domain::{AlertSource, AlertSourceId, EventType, Incident, IncidentId, Outgoing, Timestamp};
use waybill_pattern::{Pattern, PatternError};

use crate::spec::ChainSpec;

/// The id of the page's first sample.
const SAMPLE_ID: &str = "cb5fbc21-5156-2073-1f94-116d1dadae0e";

/// The page's `reportTime`, 2021-08-06T08:16:01.154Z.
const REPORTED_AT: Timestamp = Timestamp::from_millis(1_628_237_761_154);

/// The envelope of one event type with the content of the page's samples and the names of this chain, as JSON text.
pub fn sample_event(spec: &ChainSpec, event: EventType) -> String {
    let source = AlertSource { id: AlertSourceId(2_193_327), name: "Test".to_owned() };
    let mut incident = Incident::new(IncidentId(3_710_705), "test incident", "My server is down", REPORTED_AT);
    incident.assume(event, None);
    let detail = incident.detail(event, &source);
    let outgoing = Outgoing {
        source: spec.source.clone().into(),
        event_type: event,
        detail: serde_json::to_string(&detail).expect("a detail has only text keys"),
        incident: incident.id,
        time: REPORTED_AT.plus_millis(15_000).cut_to_second(),
        account: spec.account.clone(),
        region: spec.region.clone(),
    };
    outgoing.envelope(SAMPLE_ID)
}

/// Which of the nine samples the chain's pattern matches, evaluated by Waybill.
///
/// # Errors
/// When the pattern is not valid, in AWS's words.
pub fn matching_samples(spec: &ChainSpec) -> Result<Vec<EventType>, PatternError> {
    let pattern = Pattern::parse(&spec.pattern())?;
    let matches = |event: &EventType| pattern.matches_str(&sample_event(spec, *event)).is_ok_and(|matched| matched);
    Ok(EventType::ALL.into_iter().filter(matches).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PatternChoice;
    use crate::tests::spec;
    use waybill_domain::EventTypes;

    #[test]
    fn the_samples_follow_the_pattern() {
        let two = EventTypes::new([EventType::Created, EventType::Resolved]).unwrap();
        let cases = [
            (PatternChoice::AllEvents, 9),
            (PatternChoice::EventTypes(two), 2),
            (PatternChoice::Own(r#"{"detail":{"status":["RESOLVED"]}}"#.into()), 2),
            (PatternChoice::Own(r#"{"source":["*"]}"#.into()), 0),
        ];
        for (pattern, count) in cases {
            let mut spec = spec();
            spec.rule.pattern = pattern;
            assert_eq!(matching_samples(&spec).unwrap().len(), count, "{}", spec.pattern());
        }
    }
}
