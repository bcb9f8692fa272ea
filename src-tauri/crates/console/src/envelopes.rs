//! What an alert action puts on the bus, shown before anything is published.

use waybill_domain::{EventType, IncidentId, Outgoing};

use crate::compose::indented;
use crate::view::EnvelopeView;
use crate::{Console, Error, proof};

/// Stands for the id that EventBridge draws when it accepts the event.
const DRAWN_ID: &str = "00000000-0000-0000-0000-000000000000";

/// The incident of iLert's own samples; the number is drawn when something is published.
const SAMPLE_INCIDENT: IncidentId = IncidentId(3_710_705);

impl Console {
    /// The envelope of each of the nine event types as this action publishes it, and which of them it keeps to itself.
    ///
    /// # Errors
    /// When there is no such action, or its partner event source is not known.
    pub async fn envelopes(&self, action_id: &str) -> Result<Vec<EnvelopeView>, Error> {
        let row = self.action_row(action_id.parse()?).await?;
        let (action, now) = (&row.action, self.now());
        let source = row.partner_source.clone();
        let source = source.ok_or_else(|| Error::Refused("the partner event source of this alert action is not known yet".to_owned()))?;
        let view = |event_type: EventType| {
            let detail = proof::sample(SAMPLE_INCIDENT, event_type, &action.alert_source, now);
            let broken = |error: serde_json::Error| Error::Broken(format!("a payload cannot be written as JSON: {error}"));
            let outgoing = Outgoing {
                source: source.clone().into(),
                event_type,
                detail: serde_json::to_string(&detail).map_err(broken)?,
                incident: SAMPLE_INCIDENT,
                time: now.cut_to_second(),
                account: action.settings.account.clone(),
                region: action.settings.region.clone(),
            };
            Ok(EnvelopeView {
                event_type,
                emitted: action.settings.event_types.contains(event_type),
                bytes: outgoing.size() as u64,
                limit: Outgoing::SIZE_LIMIT as u64,
                envelope: indented(&outgoing.envelope(DRAWN_ID)),
            })
        };
        EventType::ALL.into_iter().map(view).collect()
    }
}
