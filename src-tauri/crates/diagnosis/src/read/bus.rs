//! Partner event source, bus, rule and targets.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_eventbridge::operation::describe_event_source::DescribeEventSourceOutput;
use aws_sdk_eventbridge::operation::describe_rule::DescribeRuleOutput;
use aws_sdk_eventbridge::types::{EventSourceState, RuleState, Target};
use waybill_domain::Timestamp;
use waybill_setup::{BusSeen, ChainSpec, SourceSeen, SourceState};

use super::{Reader, map};
use crate::repair::TargetWrite;
use crate::seen::{Reading, RuleNow, TargetNow};

impl Reader<'_> {
    pub(super) async fn source(&self, spec: &ChainSpec) -> Reading<Option<SourceSeen>> {
        let sending = self.clients.events().describe_event_source().name(spec.source.as_str()).send();
        let read = self.ask("events", "DescribeEventSource", sending).await?;
        Ok(map(read, |found| found.and_then(source_seen)))
    }

    pub(super) async fn bus(&self, spec: &ChainSpec) -> Reading<Option<BusSeen>> {
        let sending = self.clients.events().describe_event_bus().name(spec.bus()).send();
        let read = self.ask("events", "DescribeEventBus", sending).await?;
        Ok(map(read, |found| found.map(BusSeen::of)))
    }

    pub(super) async fn rule(&self, spec: &ChainSpec) -> Reading<Option<RuleNow>> {
        let sending = self.clients.events().describe_rule().name(spec.rule.name.as_str()).event_bus_name(spec.bus()).send();
        self.ask("events", "DescribeRule", sending).await.map(|read| map(read, |found| found.map(rule_now)))
    }

    /// Rules of this name on the default bus.
    pub(super) async fn strays(&self, name: &str) -> Reading<Vec<String>> {
        let read = self.ask("events", "ListRules", self.clients.events().list_rules().name_prefix(name).send()).await?;
        Ok(map(read, |page| {
            let rules = page.and_then(|page| page.rules).unwrap_or_default().into_iter();
            rules.filter(|rule| rule.name.as_deref() == Some(name)).filter_map(|rule| rule.arn).collect()
        }))
    }

    /// A rule has at most five targets (EventBridge quotas), so that one page holds them.
    pub(super) async fn targets(&self, spec: &ChainSpec) -> Reading<Vec<TargetNow>> {
        let sending = self.clients.events().list_targets_by_rule().rule(spec.rule.name.as_str()).event_bus_name(spec.bus()).send();
        let read = self.ask("events", "ListTargetsByRule", sending).await?;
        Ok(map(read, |page| page.and_then(|page| page.targets).unwrap_or_default().into_iter().map(target_now).collect()))
    }
}

fn source_seen(found: DescribeEventSourceOutput) -> Option<SourceSeen> {
    let state = match found.state? {
        EventSourceState::Active => SourceState::Active,
        EventSourceState::Deleted => SourceState::Deleted,
        _ => SourceState::Pending,
    };
    let expires_at = found.expiration_time.and_then(|at| at.to_millis().ok()).map(Timestamp::from_millis);
    Some(SourceSeen { state, arn: found.arn.unwrap_or_default(), created_by: found.created_by, expires_at })
}

fn rule_now(found: DescribeRuleOutput) -> RuleNow {
    RuleNow {
        arn: found.arn.unwrap_or_default(),
        enabled: found.state != Some(RuleState::Disabled),
        pattern: found.event_pattern,
        description: found.description,
        role_arn: found.role_arn,
        managed_by: found.managed_by,
    }
}

fn target_now(target: Target) -> TargetNow {
    let foreign = target.kinesis_parameters.is_some()
        || target.run_command_parameters.is_some()
        || target.ecs_parameters.is_some()
        || target.batch_parameters.is_some()
        || target.http_parameters.is_some()
        || target.redshift_data_parameters.is_some()
        || target.sage_maker_pipeline_parameters.is_some()
        || target.app_sync_parameters.is_some();
    let (input_template, paths) =
        target.input_transformer.map_or((None, None), |transformer| (Some(transformer.input_template), transformer.input_paths_map));
    let retry = target.retry_policy;
    let write = TargetWrite {
        id: target.id,
        arn: target.arn,
        role_arn: target.role_arn,
        input: target.input,
        input_path: target.input_path,
        input_template,
        input_paths: paths.map(sorted).unwrap_or_default(),
        message_group: target.sqs_parameters.and_then(|parameters| parameters.message_group_id),
        dead_letter: target.dead_letter_config.and_then(|config| config.arn),
        retries: retry.as_ref().and_then(|policy| policy.maximum_retry_attempts),
        event_age: retry.and_then(|policy| policy.maximum_event_age_in_seconds),
    };
    TargetNow { write, foreign }
}

fn sorted(paths: HashMap<String, String>) -> BTreeMap<String, String> {
    paths.into_iter().collect()
}
