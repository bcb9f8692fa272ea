//! What a request is about, as a policy names it (Service authorization reference).

use serde_json::Value;

use crate::call::Call;

/// The IAM actions that a request needs: batches need that of the single one, and tags that are given to what is made need one of their own
/// (SQS API reference, `CreateQueue`; EventBridge user guide, "IAM policy conditions").
pub(super) fn actions((service, operation): (&str, &str), call: &Call<'_>) -> Vec<String> {
    let input: Value = serde_json::from_slice(call.body).unwrap_or_default();
    let is_there = |name: &str| match &input[name] {
        Value::Array(tags) => !tags.is_empty(),
        Value::Object(tags) => !tags.is_empty(),
        _ => false,
    };
    let tagging = match operation {
        "CreateQueue" if is_there("tags") => Some("TagQueue"),
        "CreateEventBus" | "PutRule" if is_there("Tags") => Some("TagResource"),
        _ => None,
    };
    let own = operation.strip_suffix("Batch").unwrap_or(operation);
    std::iter::once(own).chain(tagging).map(|action| format!("{service}:{action}")).collect()
}

/// The targets that a request puts.
pub(super) fn targets(operation: &str, call: &Call<'_>) -> Vec<String> {
    if operation != "PutTargets" {
        return Vec::new();
    }
    let input: Value = serde_json::from_slice(call.body).unwrap_or_default();
    let arns = input["Targets"].as_array().into_iter().flatten().filter_map(|target| target["Arn"].as_str());
    arns.map(str::to_owned).collect()
}

/// The ARN that the request is about; `*` where it names nothing.
pub(super) fn named((service, operation): (&str, &str), call: &Call<'_>) -> String {
    let input: Value = serde_json::from_slice(call.body).unwrap_or_default();
    let text = |name: &str| input[name].as_str();
    let (region, account) = (call.region, &call.caller.account);
    match service {
        "sqs" => {
            let queue = text("QueueName").or_else(|| text("QueueUrl").and_then(|url| url.rsplit('/').next()));
            queue.map_or_else(|| "*".to_owned(), |queue| format!("arn:aws:sqs:{region}:{account}:{queue}"))
        }
        "events" if operation == "PutEvents" => bus_arn(input["Entries"][0]["EventBusName"].as_str(), (region, account)),
        "events" => on_bus(operation, &text, (region, account)),
        "logs" => {
            let group = text("logGroupName");
            group.map_or_else(|| "*".to_owned(), |group| format!("arn:aws:logs:{region}:{account}:log-group:{group}:log-stream:"))
        }
        "kms" => match text("KeyId").or_else(|| text("TargetKeyId")).or_else(|| text("AliasName")) {
            None => "*".to_owned(),
            Some(arn) if arn.starts_with("arn:") => arn.to_owned(),
            Some(alias) if alias.starts_with("alias/") => format!("arn:aws:kms:{region}:{account}:{alias}"),
            Some(id) => format!("arn:aws:kms:{region}:{account}:key/{id}"),
        },
        _ => "*".to_owned(),
    }
}

/// The bus of a batch; AWS looks at each entry's, and Waybill's batches have one only.
fn bus_arn(name: Option<&str>, (region, account): (&str, &str)) -> String {
    match name {
        Some(arn) if arn.starts_with("arn:") => arn.to_owned(),
        name => format!("arn:aws:events:{region}:{account}:event-bus/{}", name.unwrap_or("default")),
    }
}

fn on_bus<'a>(operation: &str, text: &impl Fn(&str) -> Option<&'a str>, (region, account): (&str, &str)) -> String {
    let bus = text("EventBusName").unwrap_or("default");
    let rule = |name: &str| match bus {
        "default" => format!("arn:aws:events:{region}:{account}:rule/{name}"),
        bus => format!("arn:aws:events:{region}:{account}:rule/{bus}/{name}"),
    };
    match operation {
        "DescribeEventSource" | "ActivateEventSource" | "DeactivateEventSource" => {
            format!("arn:aws:events:{region}::event-source/{}", text("Name").unwrap_or("*"))
        }
        "DescribeEventBus" | "CreateEventBus" | "DeleteEventBus" | "UpdateEventBus" => {
            format!("arn:aws:events:{region}:{account}:event-bus/{}", text("Name").unwrap_or("default"))
        }
        "DescribeRule" | "PutRule" | "DeleteRule" | "EnableRule" | "DisableRule" => rule(text("Name").unwrap_or("*")),
        "ListTargetsByRule" | "PutTargets" | "RemoveTargets" => rule(text("Rule").unwrap_or("*")),
        "ListRules" => rule("*"),
        "ListTagsForResource" | "TagResource" | "UntagResource" => text("ResourceARN").unwrap_or("*").to_owned(),
        "PutPermission" | "RemovePermission" => format!("arn:aws:events:{region}:{account}:event-bus/{bus}"),
        _ => "*".to_owned(),
    }
}
