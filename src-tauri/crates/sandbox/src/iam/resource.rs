//! What a request is about, as a policy names it (Service authorization reference).

use serde_json::Value;

use crate::call::Call;

/// The IAM action of an operation: batches need that of the single one.
pub(super) fn action(operation: &str) -> &str {
    operation.strip_suffix("Batch").unwrap_or(operation)
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
        "events" => on_bus(operation, &text, (region, account)),
        "kms" => match text("KeyId").or_else(|| text("TargetKeyId")).or_else(|| text("AliasName")) {
            None => "*".to_owned(),
            Some(arn) if arn.starts_with("arn:") => arn.to_owned(),
            Some(alias) if alias.starts_with("alias/") => format!("arn:aws:kms:{region}:{account}:{alias}"),
            Some(id) => format!("arn:aws:kms:{region}:{account}:key/{id}"),
        },
        _ => "*".to_owned(),
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
        "PutPermission" | "RemovePermission" => format!("arn:aws:events:{region}:{account}:event-bus/{bus}"),
        _ => "*".to_owned(),
    }
}
