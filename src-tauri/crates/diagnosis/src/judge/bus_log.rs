//! What the bus logs, as evidence beside what was found.

use waybill_aws::{BusLog, CallErrorKind, LoggedStep};
use waybill_domain::EventType;
use waybill_setup::{LogConfig, Read};

use super::Look;
use crate::check::Evidence;
use crate::seen::Unread;

/// Steps of an event's way that are about rules; the others that name a rule are about its targets.
const OF_RULES: [&str; 2] = ["RULE_MATCH", "NO_STANDARD_RULES_MATCHED"];

impl Look<'_> {
    /// How the bus logs.
    pub(super) fn log_config(self) -> Option<Evidence> {
        let read = self.seen.bus().as_ref().ok()?;
        let log = read.value.as_ref()?.log.as_ref();
        Some(Evidence::told(read, "LogConfig", log.map_or_else(|| "OFF, never set".to_owned(), LogConfig::to_string)))
    }

    /// Which rules matched a missing event, as the bus logged it.
    pub(super) fn logged_matches(self) -> Vec<Evidence> {
        self.logged(|step| OF_RULES.contains(&step.step.as_str()))
    }

    /// What became of a missing event at its targets, as the bus logged it.
    pub(super) fn logged_deliveries(self) -> Vec<Evidence> {
        self.logged(|step| !OF_RULES.contains(&step.step.as_str()) && step.target_arn.is_some())
    }

    /// Where the bus logs nothing and never did, there is nothing to say; where it logs and cannot be read, why.
    fn logged(self, wanted: impl Fn(&LoggedStep) -> bool) -> Vec<Evidence> {
        let Some((event_type, _)) = self.case.run_since_change().and_then(|run| run.missing_event.as_ref()) else { return Vec::new() };
        let is_on = matches!(self.seen.bus(), Ok(Read { value: Some(bus), .. }) if bus.log.as_ref().is_some_and(LogConfig::is_on));
        match self.seen.bus_log() {
            Ok(read) if read.value.steps.is_empty() && !is_on => Vec::new(),
            Ok(read) => vec![Evidence::told(read, &title(*event_type), steps(&read.value, wanted))],
            Err(why) if is_on => unread(why).map(|why| Evidence::known(&title(*event_type), why)).into_iter().collect(),
            Err(_) => Vec::new(),
        }
    }
}

fn title(event_type: EventType) -> String {
    format!("Bus log of {event_type}")
}

fn steps(log: &BusLog, wanted: impl Fn(&LoggedStep) -> bool) -> String {
    let lines: Vec<String> = log.steps.iter().filter(|step| wanted(step)).map(line).collect();
    match lines.is_empty() {
        true if log.steps.is_empty() => format!("no record in {}, which is not zero: records come with a delay", log.group),
        true => "no such step was logged".to_owned(),
        false => lines.join("\n"),
    }
}

/// For example `INVOCATION_FAILURE NO_PERMISSIONS arn:…:queue: not authorized`.
fn line(step: &LoggedStep) -> String {
    let about = step.target_arn.as_ref().or(step.rule_arn.as_ref());
    let words = [Some(&step.step), step.status.as_ref(), about].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    step.error.as_ref().map_or(words.clone(), |error| format!("{words}: {error}"))
}

fn unread(why: &Unread) -> Option<String> {
    match (why, why.missing_permission()) {
        (_, Some(missing)) => Some(format!("cannot tell: {missing} is missing")),
        (Unread::Call(error), _) if error.kind == CallErrorKind::NotFound => {
            Some("cannot tell: the bus logs, but not to the log group that the EventBridge console suggests".to_owned())
        }
        (Unread::Call(error), _) => Some(format!("cannot tell: {error}")),
        (Unread::NotOffered(service), _) => Some(format!("cannot tell: this endpoint does not offer {service}")),
        (Unread::NotAsked | Unread::Pending, _) => None,
    }
}
