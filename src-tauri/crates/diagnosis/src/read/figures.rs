//! What CloudWatch counts of the rule. It is shown beside what was found, and decides nothing.

use waybill_aws::{Figures, FiguresWanted};
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
}
