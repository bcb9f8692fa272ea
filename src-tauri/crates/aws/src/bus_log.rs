//! `FilterLogEvents` of CloudWatch Logs, for what an event bus logged about one event.

use serde_json::{Value, json};
use waybill_domain::Timestamp;

use crate::CallError;
use crate::plain::{Plain, PlainCall};

const CALL: PlainCall = PlainCall {
    service: "logs",
    operation: "FilterLogEvents",
    host: "logs",
    target: "Logs_20140328.FilterLogEvents",
    content_type: "application/x-amz-json-1.1",
};

/// One event takes a few steps for each target of each rule; more than this are not looked at.
const MOST: i64 = 100;

/// Pages that are asked for: a page may be empty although another one follows.
const PAGES: usize = 5;

/// Which records are asked for: those of one event.
#[derive(Debug, Clone, Copy)]
pub struct BusLogWanted<'a> {
    /// The event bus.
    pub bus: &'a str,
    /// EventBridge's id of the event; an empty one asks only whether the log group is there.
    pub event_id: &'a str,
    /// From when on.
    pub since: Timestamp,
    /// Now.
    pub now: Timestamp,
}

/// One step of an event's way, as its bus logged it (EventBridge user guide, eb-event-logs-schema).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedStep {
    /// `message_type`, for example `RULE_MATCH`.
    pub step: String,
    /// The rule, where the step is about one.
    pub rule_arn: Option<String>,
    /// The target, where the step is about one.
    pub target_arn: Option<String>,
    /// `final_invocation_status` or `invocation_status`, where the step has one.
    pub status: Option<String>,
    /// `error.error_message`, where the step failed.
    pub error: Option<String>,
}

/// What an event bus logged about one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusLog {
    /// The log group that was asked.
    pub group: String,
    /// The steps, oldest first; none may mean that they have not come yet.
    pub steps: Vec<LoggedStep>,
    /// AWS's id of the request.
    pub request_id: Option<String>,
}

/// The log group that AWS's console suggests for the records of an event bus.
pub fn bus_log_group(bus: &str) -> String {
    format!("/aws/vendedlogs/events/event-bus/{bus}")
}

impl Plain {
    pub(crate) async fn bus_log(&self, wanted: BusLogWanted<'_>) -> Result<BusLog, CallError> {
        let group = bus_log_group(wanted.bus);
        let pattern = format!("{{ $.event_id = \"{}\" }}", wanted.event_id);
        let mut body = json!({ "logGroupName": group, "startTime": wanted.since.as_millis(), "filterPattern": pattern, "limit": MOST });
        let mut log = BusLog { group, steps: Vec::new(), request_id: None };
        for _ in 0..PAGES {
            let told = self.ask(CALL, body.clone(), (wanted.now, "events")).await?;
            let messages = told.value["events"].as_array().into_iter().flatten().filter_map(|event| event["message"].as_str());
            log.steps.extend(messages.filter_map(step));
            log.request_id = told.request_id;
            let Some(token) = told.value["nextToken"].as_str() else { break };
            body["nextToken"] = token.into();
        }
        Ok(log)
    }
}

/// What is no record of an event bus is passed over: anybody may write to a log group.
fn step(message: &str) -> Option<LoggedStep> {
    let record: Value = serde_json::from_str(message).ok()?;
    let details = &record["details"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Some(LoggedStep {
        step: text(&record["message_type"])?,
        rule_arn: text(&details["rule_arn"]),
        target_arn: text(&details["target_arn"]),
        status: text(&details["final_invocation_status"]).or_else(|| text(&details["invocation_status"])),
        error: text(&record["error"]["error_message"]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_the_user_guide_lays_it_out() {
        let record = r#"{"resource_arn":"arn:aws:events:r:1:event-bus/b","event_id":"e","message_type":"INVOCATION_FAILURE","log_level":"ERROR",
            "details":{"rule_arn":"rule","target_arn":"queue","total_attempts":1,"final_invocation_status":"NO_PERMISSIONS"},
            "error":{"error_message":"not authorized","aws_service":"AmazonSQS"}}"#;
        let read = step(record).unwrap();
        assert_eq!((read.step.as_str(), read.status.as_deref()), ("INVOCATION_FAILURE", Some("NO_PERMISSIONS")));
        assert_eq!((read.rule_arn.as_deref(), read.error.as_deref()), (Some("rule"), Some("not authorized")));
        assert_eq!((step("a line of text"), step("{}")), (None, None), "what is no record is passed over");
    }
}
