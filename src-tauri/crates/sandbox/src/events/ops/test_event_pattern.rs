//! `TestEventPattern`: would this event match?

use serde::Deserialize;
use serde_json::json;
use waybill_pattern::Pattern;

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::Checks;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    event_pattern: Option<String>,
    event: Option<String>,
}

/// Answers `Result`.
pub(super) fn handle(_: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let mut checks = Checks::default();
    match &input.event_pattern {
        Some(pattern) => checks.length("eventPattern", pattern, 0, 4096),
        None => checks.absent("eventPattern"),
    };
    if input.event.is_none() {
        checks.absent("event");
    }
    checks.finish()?;
    let pattern = Pattern::parse(&input.event_pattern.unwrap_or_default())
        .map_err(|error| ApiError::sender("InvalidEventPatternException", error.to_string()))?;
    let result =
        pattern.matches_str(&input.event.unwrap_or_default()).map_err(|_| ApiError::validation("Parameter Event is not valid."))?;
    Ok(Outcome::json(&json!({"Result": result})))
}
