//! The settings that a set-up gives a chain.

use std::collections::BTreeMap;

use super::{ChainSettings, QueueSettings, RuleSettings, Tags, TargetInput, TargetSettings};
use crate::plan::TARGET_ID;
use crate::policy::{Grant, ResourcePolicy};
use crate::spec::{ChainSpec, QueueChoice};
use crate::write::queue_attributes;

impl ChainSettings {
    /// What a set-up makes of a chain of which nothing is there.
    pub fn wanted(spec: &ChainSpec) -> Self {
        let (target, rule) = (&spec.target, &spec.rule);
        Self {
            source: spec.source.clone(),
            account: spec.account.clone(),
            region: spec.region.clone(),
            bus_tags: Tags::new(),
            rule: RuleSettings {
                name: rule.name.clone(),
                description: rule.description.clone(),
                pattern: spec.pattern(),
                enabled: true,
                tags: Tags::new(),
            },
            target: TargetSettings {
                id: TARGET_ID.to_owned(),
                arn: spec.arn_of(&target.queue).to_string(),
                input: TargetInput::Event,
                dead_letter: target.dead_letter.as_ref().map(|dead| spec.arn_of(dead).to_string()),
                retry: None,
                message_group: target.queue.name().is_fifo().then(|| TARGET_ID.to_owned()),
                role: None,
            },
            queue: queue(spec, &target.queue, false),
            dead_letter: target.dead_letter.as_ref().map(|dead| queue(spec, dead, true)),
        }
    }
}

pub(super) fn queue(spec: &ChainSpec, choice: &QueueChoice, dead_letter: bool) -> QueueSettings {
    let grant = Grant { rule: spec.rule_arn(), queue: spec.arn_of(choice) };
    let attributes = queue_attributes(choice.name(), dead_letter);
    let attributes =
        attributes.as_object().into_iter().flatten().filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    QueueSettings {
        name: choice.name().clone(),
        attributes: attributes.collect::<BTreeMap<_, _>>(),
        policy: Some(ResourcePolicy::default().allowing(&grant).text()),
        tags: Tags::new(),
    }
}
