//! The events that the alert action would publish.

use serde_json::Value;
use waybill_domain::{AlertAction, EventType, Incident, IncidentId, Outgoing, Timestamp};
use waybill_setup::ChainSpec;

/// Any id: no pattern of an alert action can name one beforehand.
const ID: &str = "cb5fbc21-5156-2073-1f94-116d1dadae0e";

/// 2021-08-06T08:16:01Z, the time of iLert's own samples.
const AT: Timestamp = Timestamp::from_millis(1_628_237_761_000);

/// One event of the alert action as its queue would receive it.
pub(crate) struct Sample {
    pub(crate) event_type: EventType,
    /// The envelope's text.
    pub(crate) text: String,
    /// The same, read.
    pub(crate) value: Value,
}

/// One event of each of the nine types.
pub(crate) fn samples(action: &AlertAction, spec: &ChainSpec) -> Vec<Sample> {
    EventType::ALL.into_iter().map(|event_type| sample(action, spec, event_type)).collect()
}

fn sample(action: &AlertAction, spec: &ChainSpec, event_type: EventType) -> Sample {
    let mut incident = Incident::new(IncidentId(1), "test incident", "My server is down", AT);
    incident.assume(event_type, None);
    let detail = incident.detail(event_type, &action.alert_source);
    let outgoing = Outgoing {
        source: spec.source.clone().into(),
        event_type,
        detail: serde_json::to_string(&detail).expect("a detail has only text keys"),
        incident: incident.id,
        time: AT,
        account: spec.account.clone(),
        region: spec.region.clone(),
    };
    let text = outgoing.envelope(ID);
    let value = serde_json::from_str(&text).expect("an envelope is JSON");
    Sample { event_type, text, value }
}
