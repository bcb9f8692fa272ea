//! HCL for Terraform's provider `aws`.

mod hcl;

use serde_json::Value;

use super::holes::Holes;
use super::json::exactly;
use crate::settings::{ChainSettings, QueueSettings, Tags, TargetInput};
use hcl::{Block, Hcl, quoted};

/// How an attribute of a queue is written.
#[derive(Clone, Copy)]
enum Form {
    Plain,
    Text,
    Json,
}

/// Attributes as SQS names them, as the provider does (`aws_sqs_queue`), and how they are written.
const ATTRIBUTES: [(&str, &str, Form); 14] = [
    ("FifoQueue", "fifo_queue", Form::Plain),
    ("ContentBasedDeduplication", "content_based_deduplication", Form::Plain),
    ("DeduplicationScope", "deduplication_scope", Form::Text),
    ("FifoThroughputLimit", "fifo_throughput_limit", Form::Text),
    ("DelaySeconds", "delay_seconds", Form::Plain),
    ("MaximumMessageSize", "max_message_size", Form::Plain),
    ("MessageRetentionPeriod", "message_retention_seconds", Form::Plain),
    ("ReceiveMessageWaitTimeSeconds", "receive_wait_time_seconds", Form::Plain),
    ("VisibilityTimeout", "visibility_timeout_seconds", Form::Plain),
    ("SqsManagedSseEnabled", "sqs_managed_sse_enabled", Form::Plain),
    ("KmsMasterKeyId", "kms_master_key_id", Form::Text),
    ("KmsDataKeyReusePeriodSeconds", "kms_data_key_reuse_period_seconds", Form::Plain),
    ("RedrivePolicy", "redrive_policy", Form::Json),
    ("RedriveAllowPolicy", "redrive_allow_policy", Form::Json),
];

/// The whole file.
pub(super) fn code(settings: &ChainSettings, preface: &str) -> String {
    let plain = Hcl { holes: Holes::of(settings), known: Vec::new() };
    let mut known = vec![
        (settings.rule_arn().to_string(), "aws_cloudwatch_event_rule.chain.arn"),
        (settings.queue_arn(&settings.queue.name).to_string(), "aws_sqs_queue.queue.arn"),
    ];
    known.extend(settings.dead_letter.iter().map(|dead| (settings.queue_arn(&dead.name).to_string(), "aws_sqs_queue.dead_letter.arn")));
    let linked = Hcl { holes: Holes::of(settings), known };
    let queues = settings.dead_letter.iter().map(|dead| (dead, "dead_letter")).chain([(&settings.queue, "queue")]);
    let queues = queues.map(|(queue, name)| queue_blocks((&plain, &linked), queue, name));
    let blocks = [head(settings), source_and_bus(settings, &plain), rule(settings, &plain)]
        .into_iter()
        .chain(queues)
        .chain([target(settings, &linked)]);
    format!("{preface}\n{}", blocks.collect::<Vec<_>>().join("\n"))
}

fn head(settings: &ChainSettings) -> String {
    let terraform = "terraform {\n  required_version = \">= 1.3\"\n  required_providers {\n    aws = {\n      source  = \"hashicorp/aws\"\n      version = \">= 5.31\"\n    }\n  }\n}\n";
    let variable = |name: &str, description: &str, default: &str| {
        let mut block = Block::new(&format!("variable \"{name}\""));
        block.set("description", &quoted(description)).set("type", "string").set("default", &quoted(default));
        block.end()
    };
    let mut provider = Block::new("provider \"aws\"");
    provider.set("region", "var.region").set("allowed_account_ids", "[var.account_id]");
    [
        terraform.to_owned(),
        variable("account_id", "The account that the alert action in iLert names", settings.account.as_str()),
        variable("region", "The region that the alert action in iLert names", settings.region.as_str()),
        variable("event_source", "The partner event source that iLert made for the alert action", settings.source.as_str()),
        provider.end(),
    ]
    .join("\n")
}

/// Nothing is planned before iLert has made the source; its association with the bus makes it active.
fn source_and_bus(settings: &ChainSettings, hcl: &Hcl<'_>) -> String {
    let mut source = Block::new("data \"aws_cloudwatch_event_source\" \"ilert\"");
    source.set("name_prefix", "var.event_source");
    let mut bus = Block::new("resource \"aws_cloudwatch_event_bus\" \"chain\"");
    bus.set("name", "data.aws_cloudwatch_event_source.ilert.name");
    bus.set("event_source_name", "data.aws_cloudwatch_event_source.ilert.name");
    tags(&mut bus, hcl, &settings.bus_tags);
    format!("{}\n{}", source.end(), bus.end())
}

fn rule(settings: &ChainSettings, hcl: &Hcl<'_>) -> String {
    let rule = &settings.rule;
    let mut block = Block::new("resource \"aws_cloudwatch_event_rule\" \"chain\"");
    block.set("name", &hcl.text(rule.name.as_str())).set("event_bus_name", "aws_cloudwatch_event_bus.chain.name");
    if !rule.description.is_empty() {
        block.set("description", &hcl.text(&rule.description));
    }
    let pattern = exactly(&rule.pattern).map_or_else(|| hcl.text(&rule.pattern), |value| encoded(hcl, &value));
    block.set("event_pattern", &pattern).set("state", if rule.enabled { "\"ENABLED\"" } else { "\"DISABLED\"" });
    tags(&mut block, hcl, &rule.tags);
    block.end()
}

/// A queue, and its policy for itself: the policy names the rule.
fn queue_blocks((plain, linked): (&Hcl<'_>, &Hcl<'_>), queue: &QueueSettings, name: &str) -> String {
    let mut block = Block::new(&format!("resource \"aws_sqs_queue\" \"{name}\""));
    block.set("name", &plain.text(queue.name.as_str()));
    for (sqs, attribute, form) in ATTRIBUTES {
        let Some(value) = queue.attributes.get(sqs) else { continue };
        let expression = match form {
            Form::Plain => value.clone(),
            Form::Text => plain.text(value),
            // A queue that lets itself be named would otherwise need that queue first.
            Form::Json => json_text(if sqs == "RedrivePolicy" { linked } else { plain }, value),
        };
        block.set(attribute, &expression);
    }
    tags(&mut block, plain, &queue.tags);
    let Some(policy) = &queue.policy else { return block.end() };
    let mut allow = Block::new(&format!("resource \"aws_sqs_queue_policy\" \"{name}\""));
    allow.set("queue_url", &format!("aws_sqs_queue.{name}.url")).set("policy", &json_text(linked, policy));
    format!("{}\n{}", block.end(), allow.end())
}

fn target(settings: &ChainSettings, hcl: &Hcl<'_>) -> String {
    let target = &settings.target;
    let mut block = Block::new("resource \"aws_cloudwatch_event_target\" \"chain\"");
    block.set("rule", "aws_cloudwatch_event_rule.chain.name").set("event_bus_name", "aws_cloudwatch_event_bus.chain.name");
    block.set("target_id", &hcl.text(&target.id)).set("arn", &hcl.text(&target.arn));
    match &target.input {
        TargetInput::Event => {}
        TargetInput::Constant(text) => {
            block.set("input", &hcl.text(text));
        }
        TargetInput::Path(path) => {
            block.set("input_path", &hcl.text(path));
        }
        TargetInput::Transformer { paths, template } => {
            let paths = paths.iter().map(|(name, path)| (name.clone(), Value::String(path.clone()))).collect();
            let paths = hcl.value(&Value::Object(paths), 2);
            block.inner("input_transformer", &[("input_paths", paths), ("input_template", hcl.text(template))]);
        }
    }
    if let Some(role) = &target.role {
        block.set("role_arn", &hcl.text(role));
    }
    if let Some(arn) = &target.dead_letter {
        block.inner("dead_letter_config", &[("arn", hcl.text(arn))]);
    }
    if let Some(retry) = target.retry {
        let parts = [("maximum_retry_attempts", retry.attempts), ("maximum_event_age_in_seconds", retry.age_s)];
        let parts: Vec<_> = parts.into_iter().filter_map(|(name, number)| Some((name, number?.to_string()))).collect();
        block.inner("retry_policy", &parts);
    }
    if let Some(group) = &target.message_group {
        block.inner("sqs_target", &[("message_group_id", hcl.text(group))]);
    }
    block.end()
}

/// A JSON text: built where it can be read as JSON, else as it is.
fn json_text(hcl: &Hcl<'_>, text: &str) -> String {
    serde_json::from_str(text).map_or_else(|_| hcl.text(text), |value| encoded(hcl, &value))
}

fn encoded(hcl: &Hcl<'_>, value: &Value) -> String {
    format!("jsonencode({})", hcl.value(value, 1))
}

fn tags(block: &mut Block, hcl: &Hcl<'_>, tags: &Tags) {
    if !tags.is_empty() {
        let tags = tags.iter().map(|(key, value)| (key.clone(), Value::String(value.clone()))).collect();
        block.set("tags", &hcl.value(&Value::Object(tags), 1));
    }
}
