//! The requests that make a chain, as AWS's API reference spells them.

use serde::Serialize;
use serde_json::{Value, json};

use crate::call::Call;
use crate::settings::{ChainSettings, QueueSettings, Tags, TargetInput};

/// One request of an exported chain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExportedRequest {
    /// The service as IAM names it, for example `events`.
    pub service: &'static str,
    /// The operation, for example `PutRule`.
    pub operation: &'static str,
    /// Its input; `QueueName` stands for the queue's URL, which is known once the queue is there.
    pub input: Value,
}

/// Every request that makes the chain, in the order of a set-up.
pub fn requests(settings: &ChainSettings) -> Vec<ExportedRequest> {
    let request = |call: Call, input: Value| ExportedRequest { service: call.service, operation: call.operation, input };
    let queues = settings.queues().map(|queue| request(Call::sqs("CreateQueue"), create_queue(queue)));
    let policies = settings.queues().filter_map(|queue| {
        let input = json!({ "QueueName": queue.name, "Attributes": { "Policy": queue.policy.as_ref()? } });
        Some(request(Call::sqs("SetQueueAttributes"), input))
    });
    let first = [request(Call::events("CreateEventBus"), create_bus(settings)), request(Call::events("PutRule"), put_rule(settings))];
    let last = request(Call::events("PutTargets"), put_targets(settings));
    first.into_iter().chain(queues).chain(policies).chain([last]).collect()
}

pub(super) fn create_bus(settings: &ChainSettings) -> Value {
    with_tags(json!({ "Name": settings.source, "EventSourceName": settings.source }), &settings.bus_tags)
}

pub(super) fn put_rule(settings: &ChainSettings) -> Value {
    let rule = &settings.rule;
    let state = if rule.enabled { "ENABLED" } else { "DISABLED" };
    let mut input = json!({ "Name": rule.name, "EventBusName": settings.source, "EventPattern": rule.pattern, "State": state });
    if !rule.description.is_empty() {
        input["Description"] = json!(rule.description);
    }
    with_tags(input, &rule.tags)
}

pub(super) fn create_queue(queue: &QueueSettings) -> Value {
    let mut input = json!({ "QueueName": queue.name });
    if !queue.attributes.is_empty() {
        input["Attributes"] = json!(queue.attributes);
    }
    if !queue.tags.is_empty() {
        input["tags"] = json!(queue.tags);
    }
    input
}

pub(super) fn put_targets(settings: &ChainSettings) -> Value {
    json!({ "Rule": settings.rule.name, "EventBusName": settings.source, "Targets": [target(settings)] })
}

fn target(settings: &ChainSettings) -> Value {
    let target = &settings.target;
    let mut input = json!({ "Id": target.id, "Arn": target.arn });
    match &target.input {
        TargetInput::Event => {}
        TargetInput::Constant(text) => input["Input"] = json!(text),
        TargetInput::Path(path) => input["InputPath"] = json!(path),
        TargetInput::Transformer { paths, template } => {
            input["InputTransformer"] = json!({ "InputPathsMap": paths, "InputTemplate": template });
        }
    }
    if let Some(arn) = &target.dead_letter {
        input["DeadLetterConfig"] = json!({ "Arn": arn });
    }
    if let Some(retry) = target.retry {
        let parts = [("MaximumRetryAttempts", retry.attempts), ("MaximumEventAgeInSeconds", retry.age_s)];
        for (name, number) in parts.into_iter().filter_map(|(name, number)| Some((name, number?))) {
            input["RetryPolicy"][name] = json!(number);
        }
    }
    if let Some(group) = &target.message_group {
        input["SqsParameters"] = json!({ "MessageGroupId": group });
    }
    if let Some(role) = &target.role {
        input["RoleArn"] = json!(role);
    }
    input
}

/// Tags as EventBridge takes them.
pub(super) fn tag_list(tags: &Tags) -> Value {
    tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect()
}

fn with_tags(mut input: Value, tags: &Tags) -> Value {
    if !tags.is_empty() {
        input["Tags"] = tag_list(tags);
    }
    input
}
