//! `CreateEventBus`: a custom bus, or the bus of a partner event source ("Associate with event bus").

use serde::Deserialize;
use serde_json::{Value, json};

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::bus::{Bus, BusRow, Choices, LogConfig};
use crate::events::buses::row_key;
use crate::events::check::{BUS_NAME, Checks, SOURCE_NAME};
use crate::events::source::{Source, SourceState};
use crate::events::tags::{self, Tag};
use crate::events::target::DeadLetterConfig;
use crate::events::{BUS_TABLE, already_exists, limit_exceeded, not_found};
use crate::state::{Journal, World};

/// Buses per account and region (EventBridge quota).
const BUSES: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    name: Option<String>,
    event_source_name: Option<String>,
    description: Option<String>,
    kms_key_identifier: Option<String>,
    dead_letter_config: Option<DeadLetterConfig>,
    log_config: Option<LogConfig>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// Answers the bus's ARN; with a source, the source is ACTIVE from now on.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let Input { name, event_source_name, description, kms_key_identifier, dead_letter_config, log_config, tags } = call.input()?;
    let choices = Choices { description, kms_key_identifier, dead_letter_config, log_config };
    let source = event_source_name.as_deref();
    let name = check((name.as_deref(), source), &choices)?;
    let tags = tags::read(tags)?;
    let region = world.events.region(call.region);
    if region.buses.contains_key(name) {
        return Err(already_exists(format!("Event bus {name} already exists.")));
    }
    if let Some(source) = source {
        check_source(region.sources.get(source), source)?;
    }
    if region.buses.len() >= BUSES {
        return Err(limit_exceeded());
    }
    let bus = Bus::new(BusRow {
        account: call.caller.account.clone(),
        region: call.region.to_owned(),
        name: name.to_owned(),
        choices,
        tags,
        policy: Vec::new(),
        created_ms: Some(call.now_ms),
        modified_ms: Some(call.now_ms),
    });
    journal.put(BUS_TABLE, row_key(&bus.row.account, call.region, name), &bus.row);
    let answer = answer(&bus);
    region.buses.insert(name.to_owned(), bus);
    if source.is_some() {
        world.events.change_source((call.region, name), journal, |source| {
            source.activate();
            true
        });
    }
    Ok(Outcome::json(&answer))
}

fn check<'a>((name, source): (Option<&'a str>, Option<&str>), choices: &Choices) -> Result<&'a str, ApiError> {
    let mut checks = Checks::default();
    checks.required("name", name, &BUS_NAME).optional("eventSourceName", source, &SOURCE_NAME);
    choices.check(&mut checks);
    checks.finish()?;
    let name = name.unwrap_or_default();
    match source {
        Some(source) if source == name => Ok(name),
        Some(_) => Err(ApiError::validation("Event bus name must be the same as the event source name.")),
        None if name.starts_with("aws.") => Err(ApiError::validation("EventBus name starting with 'aws.' is not valid.")),
        None if name.contains('/') => Err(ApiError::validation("Event bus name must not contain '/'.")),
        None => Ok(name),
    }
}

fn check_source(source: Option<&Source>, name: &str) -> Result<(), ApiError> {
    match source.map(|source| source.state) {
        Some(SourceState::Pending | SourceState::Active) => Ok(()),
        Some(SourceState::Deleted) | None => Err(not_found(format!("Event source {name} does not exist."))),
    }
}

fn answer(bus: &Bus) -> Value {
    let mut answer = json!(bus.row.choices);
    answer["EventBusArn"] = json!(bus.arn());
    answer
}
