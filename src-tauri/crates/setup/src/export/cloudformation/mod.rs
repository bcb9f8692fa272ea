//! A CloudFormation template in YAML.

mod yaml;

use serde_json::Value;

use super::holes::Holes;
use super::json::exactly;
use super::requests::tag_list;
use crate::settings::{ChainSettings, QueueSettings, RuleSettings, TargetInput};
use yaml::{Node, Yaml, quoted};

/// Attributes of a queue whose values are texts; those of the others are numbers, truth values, and JSON.
const TEXTS: [&str; 3] = ["DeduplicationScope", "FifoThroughputLimit", "KmsMasterKeyId"];

/// The whole template.
pub(super) fn code(settings: &ChainSettings, preface: &str) -> String {
    let plain = Yaml { holes: Holes::of(settings), known: Vec::new() };
    let mut known = vec![(settings.rule_arn().to_string(), "Rule"), (settings.queue_arn(&settings.queue.name).to_string(), "Queue")];
    known.extend(settings.dead_letter.iter().map(|dead| (settings.queue_arn(&dead.name).to_string(), "DeadLetterQueue")));
    let linked = Yaml { holes: Holes::of(settings), known };
    let mut resources = vec![("EventBus", bus(settings, &plain)), ("Rule", rule(settings, (&plain, &linked)))];
    if let Some(dead) = &settings.dead_letter {
        resources.extend(queue((&plain, &linked), dead, ("DeadLetterQueue", "DeadLetterQueuePolicy")));
    }
    resources.extend(queue((&plain, &linked), &settings.queue, ("Queue", "QueuePolicy")));
    let template = Node::map([
        ("AWSTemplateFormatVersion", Node::plain("\"2010-09-09\"")),
        ("Description", Node::plain(quoted("An iLert alert action's events, from their event bus to an SQS queue"))),
        ("Parameters", Node::map([("EventSourceName", parameter(settings))])),
        ("Resources", Node::map(resources)),
    ]);
    format!("{preface}{}", template.write(0))
}

fn parameter(settings: &ChainSettings) -> Node {
    Node::map([
        ("Type", Node::plain("String")),
        ("Description", Node::plain(quoted("The partner event source that iLert made for the alert action"))),
        ("Default", Node::plain(quoted(settings.source.as_str()))),
        ("AllowedPattern", Node::plain(quoted(r"aws\.partner(/[\.\-_A-Za-z0-9]+){2,}"))),
    ])
}

fn resource(kind: &str, properties: Vec<(&str, Node)>) -> Node {
    Node::map([("Type", Node::plain(kind)), ("Properties", Node::map(properties))])
}

/// The association makes the source active.
fn bus(settings: &ChainSettings, yaml: &Yaml<'_>) -> Node {
    let mut properties = vec![("Name", Node::plain("!Ref EventSourceName")), ("EventSourceName", Node::plain("!Ref EventSourceName"))];
    if !settings.bus_tags.is_empty() {
        properties.push(("Tags", yaml.value(&tag_list(&settings.bus_tags))));
    }
    resource("AWS::Events::EventBus", properties)
}

fn rule(settings: &ChainSettings, (plain, linked): (&Yaml<'_>, &Yaml<'_>)) -> Node {
    let rule = &settings.rule;
    let mut properties = vec![("Name", plain.text(rule.name.as_str())), ("EventBusName", Node::plain("!Ref EventBus"))];
    if !rule.description.is_empty() {
        properties.push(("Description", plain.text(&rule.description)));
    }
    properties.push(("EventPattern", exactly(&rule.pattern).map_or_else(|| plain.text(&rule.pattern), |value| plain.value(&value))));
    properties.push(("State", state(rule)));
    if !rule.tags.is_empty() {
        properties.push(("Tags", plain.value(&tag_list(&rule.tags))));
    }
    properties.push(("Targets", Node::List(vec![target(settings, linked)])));
    resource("AWS::Events::Rule", properties)
}

fn state(rule: &RuleSettings) -> Node {
    Node::plain(if rule.enabled { "ENABLED" } else { "DISABLED" })
}

fn target(settings: &ChainSettings, yaml: &Yaml<'_>) -> Node {
    let target = &settings.target;
    let mut fields = vec![("Id", yaml.text(&target.id)), ("Arn", yaml.text(&target.arn))];
    match &target.input {
        TargetInput::Event => {}
        TargetInput::Constant(text) => fields.push(("Input", yaml.text(text))),
        TargetInput::Path(path) => fields.push(("InputPath", yaml.text(path))),
        TargetInput::Transformer { paths, template } => {
            let paths = Node::Map(paths.iter().map(|(name, path)| (quoted(name), yaml.text(path))).collect());
            fields.push(("InputTransformer", Node::map([("InputPathsMap", paths), ("InputTemplate", yaml.text(template))])));
        }
    }
    if let Some(role) = &target.role {
        fields.push(("RoleArn", yaml.text(role)));
    }
    if let Some(arn) = &target.dead_letter {
        fields.push(("DeadLetterConfig", Node::map([("Arn", yaml.text(arn))])));
    }
    if let Some(retry) = target.retry {
        let parts = [("MaximumRetryAttempts", retry.attempts), ("MaximumEventAgeInSeconds", retry.age_s)];
        let parts = parts.into_iter().filter_map(|(name, number)| Some((name, Node::plain(number?.to_string()))));
        fields.push(("RetryPolicy", Node::map(parts)));
    }
    if let Some(group) = &target.message_group {
        fields.push(("SqsParameters", Node::map([("MessageGroupId", yaml.text(group))])));
    }
    Node::map(fields)
}

/// A queue, and its policy for itself: the policy names the rule.
fn queue<'n>((plain, linked): (&Yaml<'_>, &Yaml<'_>), queue: &QueueSettings, (name, policy): (&'n str, &'n str)) -> Vec<(&'n str, Node)> {
    let mut properties = vec![("QueueName", plain.text(queue.name.as_str()))];
    for (attribute, value) in &queue.attributes {
        // A queue that lets itself be named would otherwise need that queue first.
        let yaml = if attribute == "RedrivePolicy" { linked } else { plain };
        let node = if TEXTS.contains(&attribute.as_str()) { yaml.text(value) } else { json_text(yaml, value) };
        properties.push((attribute.as_str(), node));
    }
    if !queue.tags.is_empty() {
        properties.push(("Tags", plain.value(&tag_list(&queue.tags))));
    }
    let mut resources = vec![(name, resource("AWS::SQS::Queue", properties))];
    if let Some(text) = &queue.policy {
        let properties =
            vec![("Queues", Node::List(vec![Node::plain(format!("!Ref {name}"))])), ("PolicyDocument", json_text(linked, text))];
        resources.push((policy, resource("AWS::SQS::QueuePolicy", properties)));
    }
    resources
}

/// A JSON text as value, where it can be read as JSON.
fn json_text(yaml: &Yaml<'_>, text: &str) -> Node {
    serde_json::from_str::<Value>(text).map_or_else(|_| yaml.text(text), |value| yaml.value(&value))
}
