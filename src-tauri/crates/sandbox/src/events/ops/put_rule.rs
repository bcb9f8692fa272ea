//! `PutRule`: makes a rule or replaces one, keeping its targets.

use serde::Deserialize;
use serde_json::json;
use waybill_pattern::check_length;

use super::shared::{keep, or_default};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::bus::Bus;
use crate::events::check::{ARN, BUS, Checks, NAME};
use crate::events::rule::{Rule, RuleError, RuleRow, RuleState};
use crate::events::tags::{self, Tag};
use crate::events::{DEFAULT_BUS, limit_exceeded};
use crate::state::{Journal, World};

/// Rules per bus (EventBridge quota).
const RULES: usize = 300;
/// Rules per bus whose patterns have wildcards (EventBridge quota, not adjustable).
const WILDCARD_RULES: usize = 30;
/// Characters of a description.
const DESCRIPTION: usize = 512;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    name: Option<String>,
    event_pattern: Option<String>,
    schedule_expression: Option<String>,
    state: Option<String>,
    description: Option<String>,
    event_bus_name: Option<String>,
    role_arn: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// Answers the rule's ARN. What is left out is reset, as on AWS; tags of a rule that is there stay as they are.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    check(&input)?;
    let tags = tags::read(input.tags)?;
    let bus = world.events.region(call.region).bus(&or_default(input.event_bus_name))?;
    if input.schedule_expression.is_some() {
        return Err(no_schedules(&bus.row.name));
    }
    let pattern =
        input.event_pattern.ok_or_else(|| ApiError::validation("Parameter(s) EventPattern or ScheduleExpression must be specified."))?;
    check_length(&pattern)
        .map_err(|_| ApiError::sender("LimitExceededException", "The event pattern exceeds the limit of 2048 characters."))?;
    let name = input.name.unwrap_or_default();
    let before = bus.rules().get(name.as_str());
    if before.is_none() && bus.rules().len() >= RULES {
        return Err(limit_exceeded());
    }
    let rule = Rule::ready(RuleRow {
        account: call.caller.account.clone(),
        region: call.region.to_owned(),
        bus: bus.row.name.clone(),
        name,
        pattern,
        state: input.state.as_deref().and_then(RuleState::of).unwrap_or_default(),
        description: input.description,
        role_arn: input.role_arn,
        tags: before.map_or(tags, |rule| rule.row.tags.clone()),
        targets: before.map(|rule| rule.row.targets.clone()).unwrap_or_default(),
    })
    .map_err(refused)?;
    check_wildcards(bus, &rule)?;
    keep(&rule, journal);
    let answer = json!({"RuleArn": rule.arn});
    bus.put_rule(rule);
    Ok(Outcome::json(&answer))
}

fn check(input: &Input) -> Result<(), ApiError> {
    let mut checks = Checks::default();
    checks.required("name", input.name.as_deref(), &NAME).optional("roleArn", input.role_arn.as_deref(), &ARN);
    checks.optional("eventBusName", input.event_bus_name.as_deref(), &BUS).one_of("state", input.state.as_deref(), &RuleState::WORDS);
    if let Some(pattern) = &input.event_pattern {
        checks.length("eventPattern", pattern, 0, 4096);
    }
    if let Some(description) = &input.description {
        checks.length("description", description, 0, DESCRIPTION);
    }
    checks.finish()
}

fn check_wildcards(bus: &Bus, rule: &Rule) -> Result<(), ApiError> {
    let others = || bus.rules().values().filter(|other| other.row.name != rule.row.name && other.has_wildcard());
    if rule.has_wildcard() && others().count() >= WILDCARD_RULES {
        return Err(limit_exceeded());
    }
    Ok(())
}

/// The sandbox has no scheduler: refusing is honest, a rule that never fires is not.
fn no_schedules(bus: &str) -> ApiError {
    ApiError::validation(match bus {
        DEFAULT_BUS => "Parameter ScheduleExpression is not valid. Reason: the sandbox runs no schedules.",
        _ => "ScheduleExpression is supported only on the default event bus.",
    })
}

fn refused(error: RuleError) -> ApiError {
    match error {
        RuleError::Pattern(error) => ApiError::sender("InvalidEventPatternException", error.to_string()),
        RuleError::Input(error) => ApiError::validation(error.to_string()),
    }
}
