//! `FilterLogEvents`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::filter_pattern::FilterPattern;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::World;

/// The log group that AWS's console suggests for an event bus.
const GROUP: &str = "/aws/vendedlogs/events/event-bus/";

/// The stream that event buses write to.
const STREAM: &str = "EventBridgeEventBusLogs";

/// Most events of one answer (CloudWatch Logs API reference, `FilterLogEvents`).
const MOST: usize = 10_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Input {
    log_group_name: Option<String>,
    start_time: Option<i64>,
    end_time: Option<i64>,
    filter_pattern: Option<String>,
    next_token: Option<String>,
    limit: Option<usize>,
    // It has had no effect since 2019 (API reference).
    #[serde(rename = "interleaved")]
    _interleaved: Option<bool>,
}

/// Answers the records of a bus's log group in a span, oldest first.
pub(super) fn handle(world: &mut World, call: &Call<'_>) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let group = input.log_group_name.as_deref().ok_or_else(|| invalid("logGroupName is required."))?;
    let bus = group.strip_prefix(GROUP).filter(|bus| world.events.region(call.region).bus(bus).is_ok());
    let bus = bus.ok_or_else(|| ApiError::sender("ResourceNotFoundException", "The specified log group does not exist."))?;
    let limit = input.limit.unwrap_or(MOST);
    if !(1..=MOST).contains(&limit) {
        return Err(invalid("limit must lie between 1 and 10000."));
    }
    let text = input.filter_pattern.as_deref().filter(|text| !text.trim().is_empty());
    let pattern = match text {
        Some(text) => Some(FilterPattern::read(text).ok_or_else(|| invalid("The sandbox reads filter patterns of one equal field only."))?),
        None => None,
    };
    let from: usize = match &input.next_token {
        Some(token) => token.parse().map_err(|_| invalid("The specified nextToken is invalid."))?,
        None => 0,
    };
    let span = (input.start_time.unwrap_or(0), input.end_time.unwrap_or(i64::MAX));
    let found = world.bus_logs.of_bus((call.region, bus), span);
    let mut found = found.filter(|record| pattern.as_ref().is_none_or(|pattern| pattern.fits(&record.message))).skip(from);
    let events: Vec<Value> = found
        .by_ref()
        .take(limit)
        .enumerate()
        .map(|(n, record)| {
            json!({
                "logStreamName": STREAM,
                "timestamp": record.at_ms,
                "ingestionTime": record.at_ms,
                "message": record.message,
                "eventId": format!("{:020}{:036}", record.at_ms, from + n),
            })
        })
        .collect();
    let mut answer = json!({ "searchedLogStreams": [] });
    if found.next().is_some() {
        answer["nextToken"] = (from + events.len()).to_string().into();
    }
    answer["events"] = events.into();
    Ok(Outcome::json(&answer))
}

fn invalid(message: &str) -> ApiError {
    ApiError::sender("InvalidParameterException", message)
}
