//! What an event bus logs: a record for each step of an event's way, as CloudWatch Logs gets them (EventBridge user guide,
//! eb-event-logs-schema).

use std::collections::VecDeque;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::arn;
use super::bus::Bus;
use super::entry::Accepted;
use super::parcel::Parcel;
use super::recent::{Fate, Handed, MatchedRule, Outcome};
use crate::call::Call;

/// So many records of all buses are kept.
const KEPT: usize = 20_000;

/// How much is logged; each level logs what those before it do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Error,
    Info,
    Trace,
}

impl Level {
    /// The level of this name; none for `OFF`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "ERROR" => Some(Self::Error),
            "INFO" => Some(Self::Info),
            "TRACE" => Some(Self::Trace),
            _ => None,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "ERROR",
            Self::Info => "INFO",
            Self::Trace => "TRACE",
        }
    }
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    region: String,
    bus: String,
    /// When it was written, in milliseconds since 1970.
    pub(crate) at_ms: i64,
    /// The record's JSON.
    pub(crate) message: String,
}

/// The latest records of all buses. They begin with the process and are not saved.
#[derive(Debug, Default)]
pub(crate) struct BusLogs(VecDeque<Record>);

impl BusLogs {
    /// Logs the way of an event that was just published.
    pub(crate) fn note(&mut self, bus: &Bus, (call, event): (&Call<'_>, &Accepted), fate: &Fate) {
        let Some(mut page) = Page::of(bus, call.now_ms, &event.id) else { return };
        let about = page.event(call, event);
        page.put(Level::Trace, "EVENT_RECEIPT", about.clone());
        page.put(Level::Info, "EVENT_INGEST_SUCCESS", about.clone());
        page.put(Level::Trace, "RULE_MATCH_START", about);
        match fate {
            Fate::Matched { rules, .. } => rules.iter().for_each(|matched| page.matched(matched)),
            _ => page.put(Level::Info, "NO_STANDARD_RULES_MATCHED", json!({})),
        }
        self.keep(page);
    }

    /// Logs a delivery that was tried again.
    pub(crate) fn note_again(&mut self, bus: &Bus, again: &Again, outcome: &Outcome, now_ms: i64) {
        let Some(mut page) = Page::of(bus, now_ms, &again.event_id) else { return };
        let of = Invocation { id: Uuid::new_v4(), rule_arn: &again.rule_arn, target_arn: &again.target_arn };
        page.invoked(&of, outcome);
        self.keep(page);
    }

    /// The records of a bus in a span, oldest first.
    pub(crate) fn of_bus<'a>(&'a self, (region, bus): (&'a str, &'a str), (since, until): (i64, i64)) -> impl Iterator<Item = &'a Record> {
        self.0.iter().filter(move |record| record.region == region && record.bus == bus && (since..until).contains(&record.at_ms))
    }

    fn keep(&mut self, page: Page<'_>) {
        self.0.extend(page.records);
        let surplus = self.0.len().saturating_sub(KEPT);
        self.0.drain(..surplus);
    }
}

/// What is told of a delivery that was tried again.
#[derive(Debug)]
pub(crate) struct Again {
    event_id: String,
    rule_arn: String,
    target_arn: String,
}

impl Again {
    /// Of this delivery.
    pub(crate) fn of(parcel: &Parcel) -> Self {
        Self { event_id: parcel.event_id.clone(), rule_arn: parcel.rule_arn.clone(), target_arn: parcel.target.arn.clone() }
    }
}

/// One call of one target.
struct Invocation<'a> {
    id: Uuid,
    rule_arn: &'a str,
    target_arn: &'a str,
}

/// The records of one event, as far as the bus logs them.
struct Page<'a> {
    bus: &'a Bus,
    level: Level,
    now_ms: i64,
    event_id: &'a str,
    invocation: Option<Uuid>,
    records: Vec<Record>,
}

impl<'a> Page<'a> {
    /// None where the bus logs nothing.
    fn of(bus: &'a Bus, now_ms: i64, event_id: &'a str) -> Option<Self> {
        let level = bus.log_level()?;
        Some(Self { bus, level, now_ms, event_id, invocation: None, records: Vec::new() })
    }

    /// What is told of the event itself; its detail only where the bus includes it.
    fn event(&self, call: &Call<'_>, event: &Accepted) -> Value {
        let envelope: Value = serde_json::from_str(&event.envelope).unwrap_or_default();
        let mut about = json!({
            "caller_account_id": call.caller.account,
            "source_time_ms": self.now_ms,
            "source": event.source,
            "detail_type": event.detail_type,
            "resources": envelope["resources"],
        });
        if self.bus.logs_detail() {
            about["event_detail"] = envelope["detail"].to_string().into();
        }
        about
    }

    fn matched(&mut self, matched: &MatchedRule) {
        let row = &self.bus.row;
        let rule_arn = arn::rule(&row.region, &row.account, &row.name, &matched.rule);
        let calls: Vec<(&Handed, Uuid)> = matched.targets.iter().map(|handed| (handed, Uuid::new_v4())).collect();
        let targets: Vec<&str> = calls.iter().map(|(handed, _)| handed.queue.as_str()).collect();
        let ids: Vec<Uuid> = calls.iter().map(|(_, id)| *id).collect();
        self.put(Level::Info, "RULE_MATCH", json!({ "rule_arn": rule_arn, "target_arns": targets, "invocation_ids": ids }));
        for (handed, id) in calls {
            self.invoked(&Invocation { id, rule_arn: &rule_arn, target_arn: &handed.queue }, &handed.outcome);
        }
    }

    fn invoked(&mut self, of: &Invocation<'_>, outcome: &Outcome) {
        self.invocation = Some(of.id);
        let (rule, target) = (of.rule_arn, of.target_arn);
        let attempts = outcome.attempts();
        let start = json!({ "rule_arn": rule, "target_arn": target, "attempt_count": attempts });
        self.put(Level::Trace, "INVOCATION_ATTEMPT_START", start);
        let attempt = |status: &str| {
            let kind = if attempts > 1 { "RETRY" } else { "FIRST" };
            json!({ "rule_arn": rule, "target_arn": target, "attempt_type": kind, "attempt_count": attempts, "invocation_status": status })
        };
        let end =
            |status: &str| json!({ "rule_arn": rule, "target_arn": target, "total_attempts": attempts, "final_invocation_status": status });
        match outcome {
            Outcome::Delivered { .. } => {
                self.put(Level::Trace, "INVOCATION_ATTEMPT_SUCCESS", attempt("SUCCESS"));
                self.put(Level::Info, "INVOCATION_SUCCESS", end("SUCCESS"));
            }
            Outcome::Retrying { code, reason, .. } => self.fail("INVOCATION_ATTEMPT_RETRYABLE_FAILURE", attempt(code), reason),
            Outcome::Buried { code, reason } => {
                self.fail("INVOCATION_ATTEMPT_PERMANENT_FAILURE", attempt(code), reason);
                self.fail("INVOCATION_DLQ", end(code), reason);
            }
            Outcome::Dropped { code, reason, .. } => {
                self.fail("INVOCATION_ATTEMPT_PERMANENT_FAILURE", attempt(code), reason);
                self.fail("INVOCATION_FAILURE", end(code), reason);
            }
        }
        self.invocation = None;
    }

    fn put(&mut self, level: Level, step: &str, details: Value) {
        self.write(level, step, details, None);
    }

    fn fail(&mut self, step: &str, details: Value, reason: &str) {
        self.write(Level::Error, step, details, Some(json!({ "error_message": reason, "aws_service": "AmazonSQS" })));
    }

    fn write(&mut self, level: Level, step: &str, details: Value, error: Option<Value>) {
        if level > self.level {
            return;
        }
        let mut record = Map::new();
        let mut tell = |name: &str, value: Value| record.insert(name.to_owned(), value);
        tell("resource_arn", self.bus.arn().into());
        tell("event_bus_name", self.bus.row.name.clone().into());
        tell("event_id", self.event_id.into());
        self.invocation.map(|id| tell("invocation_id", id.to_string().into()));
        tell("message_timestamp_ms", self.now_ms.into());
        tell("message_type", step.into());
        tell("log_level", level.as_str().into());
        tell("details", details);
        error.map(|error| tell("error", error));
        let row = &self.bus.row;
        let message = Value::Object(record).to_string();
        self.records.push(Record { region: row.region.clone(), bus: row.name.clone(), at_ms: self.now_ms, message });
    }
}
