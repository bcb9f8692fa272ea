//! The rule, and the chain's target of it.

use serde_json::json;

use super::{ABSENT, DriftPart, FieldDrift, field, pretty};
use crate::observed::{RuleSeen, TargetSeen};
use crate::settings::{ChainSettings, TargetInput, TargetSettings};
use crate::spec::same_pattern;

pub(super) fn rule(recorded: &ChainSettings, seen: Option<&RuleSeen>) -> Vec<FieldDrift> {
    let (rule, part) = (&recorded.rule, DriftPart::Rule);
    let Some(seen) = seen else { return field(part, "Rule", rule.name.as_str(), ABSENT).into_iter().collect() };
    let state = |enabled: bool| if enabled { "ENABLED" } else { "DISABLED" };
    let live = seen.pattern.as_deref().unwrap_or_default();
    let pattern = match same_pattern(&rule.pattern, live, &recorded.account) {
        true => None,
        false => field(part, "Event pattern", pretty(&rule.pattern), pretty(live)),
    };
    let all = [
        field(part, "State", state(rule.enabled), state(seen.enabled)),
        pattern,
        field(part, "Description", &rule.description, &seen.description),
    ];
    all.into_iter().flatten().collect()
}

/// The target that sends to the recorded queue, or else the one with the recorded id.
fn live_target<'a>(recorded: &TargetSettings, seen: &'a [TargetSeen]) -> Option<&'a TargetSeen> {
    seen.iter().find(|target| target.arn == recorded.arn).or_else(|| seen.iter().find(|target| target.id == recorded.id))
}

pub(super) fn target(recorded: &ChainSettings, seen: &[TargetSeen]) -> Vec<FieldDrift> {
    let (target, part) = (&recorded.target, DriftPart::Target);
    let Some(live) = live_target(target, seen).map(TargetSettings::of) else {
        return field(part, "Target", &target.id, ABSENT).into_iter().collect();
    };
    let all = [
        field(part, "Id", &target.id, &live.id),
        field(part, "Arn", &target.arn, &live.arn),
        field(part, "Input", input(&target.input), input(&live.input)),
        field(part, "DeadLetterConfig", or_none(target.dead_letter.as_deref()), or_none(live.dead_letter.as_deref())),
        field(part, "RetryPolicy", retry(target), retry(&live)),
        field(part, "MessageGroupId", or_none(target.message_group.as_deref()), or_none(live.message_group.as_deref())),
        field(part, "RoleArn", or_none(target.role.as_deref()), or_none(live.role.as_deref())),
    ];
    all.into_iter().flatten().collect()
}

fn or_none(text: Option<&str>) -> String {
    text.unwrap_or("none").to_owned()
}

fn input(input: &TargetInput) -> String {
    match input {
        TargetInput::Event => "the event as it came".to_owned(),
        TargetInput::Constant(text) => format!("Input {text}"),
        TargetInput::Path(path) => format!("InputPath {path}"),
        TargetInput::Transformer { paths, template } => format!("InputTransformer {} {template}", json!(paths)),
    }
}

fn retry(target: &TargetSettings) -> String {
    let number = |value: Option<i32>| value.map_or_else(|| "default".to_owned(), |value| value.to_string());
    match target.retry {
        None => "default".to_owned(),
        Some(retry) => format!("{} attempts, {} s", number(retry.attempts), number(retry.age_s)),
    }
}
