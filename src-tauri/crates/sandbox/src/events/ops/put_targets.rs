//! `PutTargets`: adds targets to a rule, or replaces those with the same ids.

use serde::Deserialize;
use serde_json::json;

use super::shared::{keep, no_rule, or_default};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::events::check::{ARN, BUS, Checks, NAME};
use crate::events::input::Input as TargetInput;
use crate::events::limit_exceeded;
use crate::events::rule::TARGETS_PER_RULE;
use crate::events::target::Target;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    rule: Option<String>,
    event_bus_name: Option<String>,
    targets: Option<Vec<Target>>,
}

/// Answers that no entry failed; whether the queue exists and lets the rule in shows only when events come.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    check(&input)?;
    let bus = world.events.region(call.region).bus(&or_default(input.event_bus_name))?;
    let name = input.rule.unwrap_or_default();
    let mut rule = bus.rules().get(name.as_str()).ok_or_else(|| no_rule(bus, &name))?.clone();
    for target in input.targets.unwrap_or_default() {
        check_target(&target)?;
        let received = TargetInput::of(&target).map_err(|error| ApiError::validation(error.to_string()))?;
        rule.put_target(target, received);
    }
    if rule.row.targets.len() > TARGETS_PER_RULE {
        return Err(limit_exceeded());
    }
    keep(&rule, journal);
    bus.put_rule(rule);
    Ok(Outcome::json(&json!({"FailedEntryCount": 0, "FailedEntries": []})))
}

fn check(input: &Input) -> Result<(), ApiError> {
    let mut checks = Checks::default();
    checks.required("rule", input.rule.as_deref(), &NAME).optional("eventBusName", input.event_bus_name.as_deref(), &BUS);
    match &input.targets {
        None => {
            checks.absent("targets");
        }
        Some(targets) => {
            checks.members("targets", targets.len(), 100);
            for (index, target) in targets.iter().enumerate() {
                check_members(&mut checks, &format!("targets.{}.member", index + 1), target);
            }
        }
    }
    checks.finish()
}

fn check_members(checks: &mut Checks, at: &str, target: &Target) {
    checks.required(&format!("{at}.id"), Some(&target.id), &NAME);
    checks.required(&format!("{at}.arn"), Some(&target.arn), &ARN);
    if let Some(input) = &target.input {
        checks.length(&format!("{at}.input"), input, 0, 8192);
    }
    if let Some(path) = &target.input_path {
        checks.length(&format!("{at}.inputPath"), path, 0, 256);
    }
    if let Some(transformer) = &target.input_transformer {
        let at = format!("{at}.inputTransformer");
        checks.length(&format!("{at}.inputTemplate"), &transformer.input_template, 1, 8192);
        if transformer.input_paths_map.len() > 100 {
            checks.members(&format!("{at}.inputPathsMap"), transformer.input_paths_map.len(), 100);
        }
    }
    if let Some(retry) = &target.retry_policy {
        let at = format!("{at}.retryPolicy");
        checks.range(&format!("{at}.maximumRetryAttempts"), retry.maximum_retry_attempts, (0, 185));
        checks.range(&format!("{at}.maximumEventAgeInSeconds"), retry.maximum_event_age_in_seconds, (60, 86_400));
    }
    if let Some(group) = target.message_group_id() {
        checks.length(&format!("{at}.sqsParameters.messageGroupId"), group, 1, 128);
    }
}

/// What concerns queues: the sandbox delivers to nothing else.
fn check_target(target: &Target) -> Result<(), ApiError> {
    let (id, arn) = (&target.id, &target.arn);
    if !arn.starts_with("arn:") || arn.split(':').count() < 6 {
        return Err(ApiError::validation(format!("Parameter {arn} is not valid. Reason: Provided Arn is not in correct format.")));
    }
    if !is_queue(arn) {
        return Err(ApiError::validation(format!("Parameter {arn} is not valid. Reason: the sandbox delivers to SQS queues only.")));
    }
    if target.role_arn.is_some() {
        return Err(ApiError::validation(format!("RoleArn is not supported for target {arn}.")));
    }
    if target.is_fifo() && target.message_group_id().is_none() {
        return Err(ApiError::validation(format!("Parameter(s) SqsParameters must be specified for target: {id}.")));
    }
    match target.dead_letter_arn() {
        Some(dead) if !is_queue(dead) || dead.ends_with(".fifo") => {
            Err(ApiError::validation(format!("Parameter DeadLetterConfig.Arn is not valid. Reason: {dead} is not a standard SQS queue.")))
        }
        _ => Ok(()),
    }
}

fn is_queue(arn: &str) -> bool {
    let parts: Vec<&str> = arn.split(':').collect();
    matches!(parts.as_slice(), ["arn", _, "sqs", region, account, name]
        if [region, account, name].iter().all(|part| !part.is_empty()))
}
