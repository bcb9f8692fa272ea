//! What CloudWatch counts of the rule, and what the bus logged of an event that is missing. Both are shown beside what was found, and decide
//! nothing.

use waybill_aws::{BusLog, BusLogWanted, Figures, FiguresWanted};
use waybill_setup::{Call, Read};

use super::Reader;
use crate::case::Case;
use crate::seen::{Reading, Unread};

/// The metrics of a rule (EventBridge user guide, eb-monitoring).
const METRICS: [&str; 4] = ["MatchedEvents", "TriggeredRules", "Invocations", "FailedInvocations"];

impl Reader<'_> {
    pub(super) async fn figures(&self, case: &Case) -> Reading<Figures> {
        let call = Call { service: "cloudwatch", operation: "GetMetricData" };
        let spec = &case.chain.spec;
        // By the rule alone it would be a rule of the default bus.
        let dimensions = [("EventBusName", spec.bus()), ("RuleName", spec.rule.name.as_str())];
        let (since, until) = (case.figures_since(), case.now);
        let wanted = FiguresWanted { namespace: "AWS/Events", metrics: &METRICS, dimensions: &dimensions, since, until };
        let at = self.begin(call);
        let told = Box::pin(self.clients.figures(wanted)).await;
        let request_id = told.as_ref().ok().and_then(|figures| figures.request_id.clone());
        self.end(at, request_id.clone(), told.as_ref().err());
        told.map(|value| Read { value, call, request_id }).map_err(|error| self.unless_offered(Unread::Call(error), "Amazon CloudWatch"))
    }
    pub(super) async fn bus_log(&self, case: &Case) -> Reading<BusLog> {
        let call = Call { service: "logs", operation: "FilterLogEvents" };
        let Some((since, event_id)) = case.run_since_change().and_then(|run| Some((run.started_at, &run.missing_event.as_ref()?.1))) else {
            return Err(Unread::NotAsked);
        };
        let wanted = BusLogWanted { bus: case.chain.spec.bus(), event_id, since, now: case.now };
        let at = self.begin(call);
        let told = Box::pin(self.clients.bus_log(wanted)).await;
        let request_id = told.as_ref().ok().and_then(|log| log.request_id.clone());
        self.end(at, request_id.clone(), told.as_ref().err());
        told.map(|value| Read { value, call, request_id })
            .map_err(|error| self.unless_offered(Unread::Call(error), "Amazon CloudWatch Logs"))
    }
}
