//! The sentences beside the verdicts.

use super::watch::Doubt;
use crate::Expectation;

pub(super) const NEVER_LEFT: &str = "the run ended before its turn; it never left";
pub(super) const NO_ANSWER: &str = "the program ended before the answer to its request was recorded, and no copy was read by the deadline";
pub(super) const AMBIGUOUS: &str =
    "the outcome of its request is not known, and copies with different event ids were read: which one is this event cannot be told";

pub(super) fn came_though(why: &str) -> String {
    format!("its request was taken for not sent ({why}), yet a copy was read")
}

pub(super) fn rejected(code: &str, message: &str, copies: usize) -> String {
    match copies {
        0 => format!("{code}: {message}"),
        _ => format!("{code}: {message}; yet a copy with its content was read"),
    }
}

pub(super) fn unexpected(expectation: Expectation) -> String {
    match expectation {
        Expectation::Withheld => "it was read although it was withheld".to_owned(),
        _ => "it was read although the recorded pattern of the rule excludes it".to_owned(),
    }
}

pub(super) fn held_back(expectation: Expectation) -> String {
    match expectation {
        Expectation::Withheld => "the alert action did not choose this event type, so it was withheld".to_owned(),
        _ => "the recorded pattern of the rule excludes it".to_owned(),
    }
}

pub(super) fn copies(many: usize, differs: Option<&str>) -> String {
    match differs {
        Some(what) => format!("{many} distinct copies were read; not all are as sent: {what}"),
        None => format!("{many} distinct copies were read"),
    }
}

pub(super) fn changed(what: &str, past_deadline_ms: i64) -> String {
    match past_deadline_ms {
        1.. => format!("{what} (read {past_deadline_ms} ms after the deadline)"),
        _ => what.to_owned(),
    }
}

pub(super) fn late(past_deadline_ms: i64) -> String {
    format!("read {past_deadline_ms} ms after the deadline")
}

pub(super) fn missing(timeout_ms: i64, has_stray: bool) -> String {
    let silence = format!("not read back within {} s", seconds(timeout_ms));
    match has_stray {
        true => {
            format!("{silence}; another event with the same content was read, under an event id that EventBridge did not give this one")
        }
        false => silence,
    }
}

pub(super) fn doubt(doubt: &Doubt<'_>) -> String {
    match doubt {
        Doubt::Gap(gap) => format!("the poller had a gap from {} to {}: {}", gap.from, gap.to, gap.why),
        Doubt::Hidden(hidden) => format!("messages may have been hidden until {}: {}", hidden.until, hidden.why),
        Doubt::Shared => {
            "it was not found in a queue that others read, too: they may have taken it; reading mode mirror can tell".to_owned()
        }
        Doubt::NotRead => "the queue was not read to its end after the deadline".to_owned(),
    }
}

fn seconds(millis: i64) -> String {
    match millis % 1000 {
        0 => (millis / 1000).to_string(),
        rest => format!("{}.{rest:03}", millis / 1000),
    }
}
