//! Where a chain differs from what is recorded of it, field by field. Pure.
//!
//! What is compared: the association, the rule, the chain's own target, and of its queues the attributes and the statements of their
//! policies. Tags are not; nor are other rules, targets and queues.

mod queue;
mod rule;

use serde_json::Value;

use crate::observed::{Observed, SourceState};
use crate::policy::{Grant, PolicyAnswer, ResourcePolicy};
use crate::record::ChainRecord;
use crate::settings::{ChainSettings, QueueSettings, RuleSettings, TargetSettings};
use crate::spec::ChainSpec;

/// What stands for something that is not there.
const ABSENT: &str = "not there";

/// A part of a chain that can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DriftPart {
    /// The partner event source.
    Source,
    /// The event bus.
    Bus,
    /// The rule.
    Rule,
    /// The target.
    Target,
    /// The target queue.
    Queue,
    /// The target's dead-letter queue.
    DeadLetterQueue,
}

impl DriftPart {
    /// AWS's word for it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Source => "Partner event source",
            Self::Bus => "Event bus",
            Self::Rule => "Rule",
            Self::Target => "Target",
            Self::Queue => "SQS queue",
            Self::DeadLetterQueue => "Dead-letter queue",
        }
    }
}

/// A field in which AWS is not as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDrift {
    /// Of which part.
    pub part: DriftPart,
    /// The field, as the AWS console or API names it.
    pub field: String,
    /// What is recorded.
    pub recorded: String,
    /// What AWS has.
    pub live: String,
    /// Whether restoring puts it back; what somebody else added to a policy stays.
    pub restorable: bool,
}

/// Where the chain differs from its record.
pub fn differences(recorded: &ChainSettings, observed: &Observed) -> Vec<FieldDrift> {
    let mut all = association(observed);
    all.extend(rule::rule(recorded, observed.rule.value.as_ref()));
    // Without its rule a target is gone as well, which says nothing more.
    if observed.rule.value.is_some() {
        all.extend(rule::target(recorded, &observed.targets.value));
    }
    all.extend(queue::queue(DriftPart::Queue, &recorded.queue, observed.queue.value.as_ref()));
    if let (Some(dead), Some(seen)) = (&recorded.dead_letter, &observed.dead_letter) {
        all.extend(queue::queue(DriftPart::DeadLetterQueue, dead, seen.value.as_ref()));
    }
    all
}

/// Source and bus: a chain that stands is associated and active.
fn association(observed: &Observed) -> Vec<FieldDrift> {
    let state = match observed.source.value.as_ref().map(|source| source.state) {
        Some(SourceState::Active) => "ACTIVE",
        Some(SourceState::Pending) => "PENDING",
        Some(SourceState::Deleted) => "DELETED",
        None => ABSENT,
    };
    let bus = if observed.bus.value.is_some() { "there" } else { ABSENT };
    // Only the partner can make a source again.
    let source = field(DriftPart::Source, "State", "ACTIVE", state).map(|drift| FieldDrift { restorable: state == "PENDING", ..drift });
    source.into_iter().chain(field(DriftPart::Bus, "Event bus", "there", bus)).collect()
}

/// The difference of a field, where there is one.
fn field(part: DriftPart, name: impl Into<String>, recorded: impl Into<String>, live: impl Into<String>) -> Option<FieldDrift> {
    let (recorded, live) = (recorded.into(), live.into());
    (recorded != live).then(|| FieldDrift { part, field: name.into(), recorded, live, restorable: true })
}

/// JSON as people read it, so that only its meaning is compared.
fn pretty(text: &str) -> String {
    let value = serde_json::from_str::<Value>(text).ok();
    value.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| text.to_owned())
}

impl ChainSettings {
    /// The settings of a chain as it was read, without tags; what is not there is as a set-up would make it.
    pub fn seen(spec: &ChainSpec, observed: &Observed) -> Self {
        let mut settings = Self::wanted(spec);
        if let Some(seen) = &observed.rule.value {
            let pattern = seen.pattern.clone().unwrap_or_else(|| settings.rule.pattern.clone());
            settings.rule = RuleSettings { description: seen.description.clone(), pattern, enabled: seen.enabled, ..settings.rule.clone() };
        }
        if let Some(seen) = observed.targets.value.iter().find(|target| target.arn == settings.target.arn) {
            settings.target = TargetSettings::of(seen);
        }
        if let Some(seen) = &observed.queue.value {
            settings.queue = QueueSettings::of(seen);
        }
        if let Some(seen) = observed.dead_letter.as_ref().and_then(|read| read.value.as_ref()) {
            settings.dead_letter = Some(QueueSettings::of(seen));
        }
        settings
    }
}

impl ChainRecord {
    /// The settings that a set-up without a recorded reading asked for. A queue that lets the rule send otherwise than by Waybill's own
    /// statement is as it was asked to be.
    pub fn asked_for(&self, observed: &Observed) -> ChainSettings {
        let mut settings = ChainSettings::wanted(&self.spec);
        settings.rule.pattern.clone_from(&self.pattern);
        if let Some(seen) = observed.targets.value.iter().find(|target| target.arn == settings.target.arn) {
            settings.target.id.clone_from(&seen.id);
        }
        let grant = Grant { rule: self.spec.rule_arn(), queue: self.spec.arn_of(&self.spec.target.queue) };
        let live = observed.queue.value.as_ref().and_then(|seen| seen.policy());
        if ResourcePolicy::read(live).is_ok_and(|policy| policy.answer(&grant) == PolicyAnswer::Allows) {
            settings.queue.policy = live.map(str::to_owned);
        }
        settings
    }
}

#[cfg(test)]
mod tests;
