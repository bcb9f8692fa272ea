//! Reading a chain from AWS.

use std::collections::BTreeMap;

use aws_sdk_eventbridge::operation::describe_event_source::DescribeEventSourceOutput;
use aws_sdk_eventbridge::operation::describe_rule::DescribeRuleOutput;
use aws_sdk_eventbridge::types::{EventSourceState, RuleState, Target};
use aws_sdk_sqs::types::QueueAttributeName;
use waybill_aws::{CallError, Clients};
use waybill_domain::{QueueName, Timestamp};

use crate::call::Call;
use crate::observed::{BusSeen, MyOrganization, Observed, QueueSeen, Read, RuleSeen, SourceSeen, SourceState, TargetSeen};
use crate::settings::{Retry, TargetInput};
use crate::setup::{Elsewhere, other_region};
use crate::spec::{ChainSpec, Permission, QueueChoice};

/// A chain could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The clients lead elsewhere.
    #[error(transparent)]
    Elsewhere(#[from] Elsewhere),
    /// AWS did not answer a read.
    #[error(transparent)]
    Call(#[from] CallError),
}

/// Reads everything that a chain consists of, several reads at once. Writes nothing.
///
/// # Errors
/// When a read fails; that something does not exist is no failure.
pub async fn observe(clients: &Clients, spec: &ChainSpec) -> Result<Observed, SetupError> {
    if let Some(elsewhere) = other_region(clients, spec) {
        return Err(elsewhere.into());
    }
    let (source, bus, (rule, targets), queue, dead_letter, organization) = tokio::try_join!(
        source(clients, spec),
        bus(clients, spec),
        rule(clients, spec),
        queue(clients, spec.target.queue.name()),
        dead_letter(clients, spec.target.dead_letter.as_ref()),
        organization(clients, spec),
    )?;
    Ok(Observed { source, bus, rule, targets, queue, dead_letter, organization })
}

async fn source(clients: &Clients, spec: &ChainSpec) -> Result<Read<Option<SourceSeen>>, CallError> {
    let sending = clients.events().describe_event_source().name(spec.source.as_str()).send();
    let answer = Call::events("DescribeEventSource").read(sending).await?;
    Ok(answer.map(|found| found.and_then(source_seen)))
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

async fn bus(clients: &Clients, spec: &ChainSpec) -> Result<Read<Option<BusSeen>>, CallError> {
    let sending = clients.events().describe_event_bus().name(spec.bus()).send();
    let answer = Call::events("DescribeEventBus").read(sending).await?;
    Ok(answer.map(|found| found.map(BusSeen::of)))
}

async fn rule(clients: &Clients, spec: &ChainSpec) -> Result<(Read<Option<RuleSeen>>, Read<Vec<TargetSeen>>), CallError> {
    let (bus, name) = (spec.bus(), spec.rule.name.as_str());
    let sending = clients.events().describe_rule().name(name).event_bus_name(bus).send();
    let rule = Call::events("DescribeRule").read(sending).await?.map(|found| found.map(rule_seen));
    if rule.value.is_none() {
        return Ok((rule, Read { value: Vec::new(), call: Call::events("ListTargetsByRule"), request_id: None }));
    }
    let targets = targets(clients, bus, name).await?;
    Ok((rule, targets))
}

fn rule_seen(found: DescribeRuleOutput) -> RuleSeen {
    RuleSeen {
        arn: found.arn.unwrap_or_default(),
        enabled: found.state != Some(RuleState::Disabled),
        pattern: found.event_pattern,
        description: found.description.unwrap_or_default(),
        managed_by: found.managed_by,
    }
}

/// The targets of a rule. A rule has at most five (EventBridge quotas), so that one page holds them.
pub(crate) async fn targets(clients: &Clients, bus: &str, rule: &str) -> Result<Read<Vec<TargetSeen>>, CallError> {
    let sending = clients.events().list_targets_by_rule().rule(rule).event_bus_name(bus).send();
    let answer = Call::events("ListTargetsByRule").read(sending).await?;
    Ok(answer.map(|found| found.and_then(|page| page.targets).unwrap_or_default().into_iter().map(target_seen).collect()))
}

fn target_seen(target: Target) -> TargetSeen {
    let input = match (target.input, target.input_path, target.input_transformer) {
        (Some(constant), ..) => TargetInput::Constant(constant),
        (_, Some(path), _) => TargetInput::Path(path),
        (.., Some(transformer)) => TargetInput::Transformer {
            paths: transformer.input_paths_map.unwrap_or_default().into_iter().collect(),
            template: transformer.input_template,
        },
        _ => TargetInput::Event,
    };
    TargetSeen {
        changes_event: input.changes_event(),
        input,
        retry: target.retry_policy.map(|retry| Retry { attempts: retry.maximum_retry_attempts, age_s: retry.maximum_event_age_in_seconds }),
        role: target.role_arn,
        id: target.id,
        arn: target.arn,
        dead_letter: target.dead_letter_config.and_then(|config| config.arn),
        message_group: target.sqs_parameters.and_then(|parameters| parameters.message_group_id),
    }
}

/// One queue with all its attributes.
pub(crate) async fn queue(clients: &Clients, name: &QueueName) -> Result<Read<Option<QueueSeen>>, CallError> {
    let url = Call::sqs("GetQueueUrl").read(clients.sqs().get_queue_url().queue_name(name.as_str()).send()).await?;
    let (call, request_id) = (url.call, url.request_id);
    let Some(url) = url.value.and_then(|found| found.queue_url) else {
        return Ok(Read { value: None, call, request_id });
    };
    let sending = clients.sqs().get_queue_attributes().queue_url(&url).attribute_names(QueueAttributeName::All).send();
    let answer = Call::sqs("GetQueueAttributes").read(sending).await?;
    Ok(answer.map(|found| {
        let attributes = found?.attributes.unwrap_or_default();
        let attributes: BTreeMap<String, String> = attributes.into_iter().map(|(name, value)| (name.as_str().to_owned(), value)).collect();
        Some(QueueSeen { name: name.clone(), url, attributes })
    }))
}

async fn dead_letter(clients: &Clients, choice: Option<&QueueChoice>) -> Result<Option<Read<Option<QueueSeen>>>, CallError> {
    match choice {
        None => Ok(None),
        Some(choice) => queue(clients, choice.name()).await.map(Some),
    }
}

/// Nothing but a permission that AWS refuses anyway depends on it, so that a failure is told and fails nothing.
async fn organization(clients: &Clients, spec: &ChainSpec) -> Result<Option<Read<MyOrganization>>, CallError> {
    if spec.permission != Permission::MyOrganization {
        return Ok(None);
    }
    let call = Call::organizations("DescribeOrganization");
    Ok(Some(match call.read(clients.organizations().describe_organization().send()).await {
        Ok(answer) => answer.map(|found| {
            let id = found.and_then(|output| output.organization).and_then(|organization| organization.id);
            id.map_or(MyOrganization::NotInOne, MyOrganization::Id)
        }),
        Err(error) => Read { request_id: error.request_id.clone(), call, value: MyOrganization::Untold(error.to_string()) },
    }))
}
