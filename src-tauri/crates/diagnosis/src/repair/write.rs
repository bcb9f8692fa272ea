//! The AWS requests that repairs are made of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use waybill_domain::QueueName;

/// A writing request; each has another one that takes it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation")]
pub enum Write {
    /// Associates a partner event source.
    CreateEventBus {
        /// The source's and bus's name.
        name: String,
    },
    /// Takes an association back.
    DeleteEventBus {
        /// The bus's name.
        name: String,
    },
    /// Activates a source whose bus is there.
    ActivateEventSource {
        /// The source's name.
        name: String,
    },
    /// Takes an activation back.
    DeactivateEventSource {
        /// The source's name.
        name: String,
    },
    /// Writes a rule.
    PutRule(RuleWrite),
    /// Removes a rule.
    DeleteRule {
        /// The bus's name.
        bus: String,
        /// The rule's name.
        name: String,
    },
    /// Enables a rule.
    EnableRule {
        /// The bus's name.
        bus: String,
        /// The rule's name.
        name: String,
    },
    /// Disables a rule.
    DisableRule {
        /// The bus's name.
        bus: String,
        /// The rule's name.
        name: String,
    },
    /// Writes a target of a rule.
    PutTargets {
        /// The bus's name.
        bus: String,
        /// The rule's name.
        rule: String,
        /// The target.
        target: TargetWrite,
    },
    /// Removes a target of a rule.
    RemoveTargets {
        /// The bus's name.
        bus: String,
        /// The rule's name.
        rule: String,
        /// The target's id.
        id: String,
    },
    /// Makes a queue.
    CreateQueue {
        /// Its name.
        queue: QueueName,
    },
    /// Removes a queue.
    DeleteQueue {
        /// Its name.
        queue: QueueName,
    },
    /// Sets attributes of a queue; an empty text takes one away.
    SetQueueAttributes {
        /// Its name.
        queue: QueueName,
        /// The attributes as SQS names them.
        attributes: BTreeMap<String, String>,
    },
    /// Writes the policy of a key.
    PutKeyPolicy {
        /// The key's ARN.
        key: String,
        /// The policy's text.
        policy: String,
    },
    /// Enables a key.
    EnableKey {
        /// The key's ARN.
        key: String,
    },
    /// Disables a key.
    DisableKey {
        /// The key's ARN.
        key: String,
    },
}

/// A rule as it is written: what `PutRule` leaves out is reset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleWrite {
    /// The bus's name.
    pub bus: String,
    /// The rule's name.
    pub name: String,
    /// The event pattern.
    pub pattern: String,
    /// Whether it is enabled.
    pub enabled: bool,
    /// What its owner says about it.
    pub description: Option<String>,
    /// Its role.
    pub role_arn: Option<String>,
}

/// A target as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TargetWrite {
    /// Its id within the rule.
    pub id: String,
    /// Where it sends.
    pub arn: String,
    /// The role that it sends with.
    pub role_arn: Option<String>,
    /// A constant instead of the event.
    pub input: Option<String>,
    /// A part instead of the event.
    pub input_path: Option<String>,
    /// A template instead of the event.
    pub input_template: Option<String>,
    /// The template's placeholders.
    pub input_paths: BTreeMap<String, String>,
    /// The message group (FIFO queues).
    pub message_group: Option<String>,
    /// The ARN of its dead-letter queue.
    pub dead_letter: Option<String>,
    /// `MaximumRetryAttempts`.
    pub retries: Option<i32>,
    /// `MaximumEventAgeInSeconds`.
    pub event_age: Option<i32>,
}

impl Write {
    /// Service and operation, as IAM names them.
    pub const fn call(&self) -> (&'static str, &'static str) {
        match self {
            Self::CreateEventBus { .. } => ("events", "CreateEventBus"),
            Self::DeleteEventBus { .. } => ("events", "DeleteEventBus"),
            Self::ActivateEventSource { .. } => ("events", "ActivateEventSource"),
            Self::DeactivateEventSource { .. } => ("events", "DeactivateEventSource"),
            Self::PutRule(_) => ("events", "PutRule"),
            Self::DeleteRule { .. } => ("events", "DeleteRule"),
            Self::EnableRule { .. } => ("events", "EnableRule"),
            Self::DisableRule { .. } => ("events", "DisableRule"),
            Self::PutTargets { .. } => ("events", "PutTargets"),
            Self::RemoveTargets { .. } => ("events", "RemoveTargets"),
            Self::CreateQueue { .. } => ("sqs", "CreateQueue"),
            Self::DeleteQueue { .. } => ("sqs", "DeleteQueue"),
            Self::SetQueueAttributes { .. } => ("sqs", "SetQueueAttributes"),
            Self::PutKeyPolicy { .. } => ("kms", "PutKeyPolicy"),
            Self::EnableKey { .. } => ("kms", "EnableKey"),
            Self::DisableKey { .. } => ("kms", "DisableKey"),
        }
    }

    /// The request as AWS's API reference spells it; a queue is told by its name.
    pub fn input(&self) -> Value {
        match self {
            Self::CreateEventBus { name } => json!({ "Name": name, "EventSourceName": name }),
            Self::DeleteEventBus { name } | Self::ActivateEventSource { name } | Self::DeactivateEventSource { name } => {
                json!({ "Name": name })
            }
            Self::PutRule(rule) => rule.input(),
            Self::DeleteRule { bus, name } | Self::EnableRule { bus, name } | Self::DisableRule { bus, name } => {
                json!({ "Name": name, "EventBusName": bus })
            }
            Self::PutTargets { bus, rule, target } => json!({ "Rule": rule, "EventBusName": bus, "Targets": [target.input()] }),
            Self::RemoveTargets { bus, rule, id } => json!({ "Rule": rule, "EventBusName": bus, "Ids": [id] }),
            Self::CreateQueue { queue } if queue.is_fifo() => json!({ "QueueName": queue, "Attributes": Self::fifo_attributes() }),
            Self::CreateQueue { queue } | Self::DeleteQueue { queue } => json!({ "QueueName": queue }),
            Self::SetQueueAttributes { queue, attributes } => json!({ "QueueName": queue, "Attributes": attributes }),
            Self::PutKeyPolicy { key, policy } => json!({ "KeyId": key, "PolicyName": "default", "Policy": policy }),
            Self::EnableKey { key } | Self::DisableKey { key } => json!({ "KeyId": key }),
        }
    }

    /// EventBridge sends no deduplication id, so that a FIFO queue has to make its own.
    pub(crate) fn fifo_attributes() -> BTreeMap<&'static str, &'static str> {
        BTreeMap::from([("FifoQueue", "true"), ("ContentBasedDeduplication", "true")])
    }
}

impl RuleWrite {
    fn input(&self) -> Value {
        let state = if self.enabled { "ENABLED" } else { "DISABLED" };
        let mut input = json!({ "Name": self.name, "EventBusName": self.bus, "EventPattern": self.pattern, "State": state });
        if let Some(description) = &self.description {
            input["Description"] = json!(description);
        }
        if let Some(role) = &self.role_arn {
            input["RoleArn"] = json!(role);
        }
        input
    }
}

impl TargetWrite {
    /// The target as the API reference spells it.
    pub fn input(&self) -> Value {
        let mut target = Map::from_iter([("Id".to_owned(), json!(self.id)), ("Arn".to_owned(), json!(self.arn))]);
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                target.insert(name.to_owned(), value);
            }
        };
        put("RoleArn", self.role_arn.as_ref().map(|arn| json!(arn)));
        put("Input", self.input.as_ref().map(|text| json!(text)));
        put("InputPath", self.input_path.as_ref().map(|path| json!(path)));
        let transformer = |template: &String| json!({ "InputPathsMap": self.input_paths, "InputTemplate": template });
        put("InputTransformer", self.input_template.as_ref().map(transformer));
        put("SqsParameters", self.message_group.as_ref().map(|group| json!({ "MessageGroupId": group })));
        put("DeadLetterConfig", self.dead_letter.as_ref().map(|arn| json!({ "Arn": arn })));
        if self.retries.is_some() || self.event_age.is_some() {
            put("RetryPolicy", Some(json!({ "MaximumRetryAttempts": self.retries, "MaximumEventAgeInSeconds": self.event_age })));
        }
        Value::Object(target)
    }
}
