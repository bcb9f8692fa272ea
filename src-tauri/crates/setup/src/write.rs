//! The AWS requests that a set-up writes with.

use serde_json::{Value, json};
use waybill_domain::{AccountId, QueueName, RuleName};

use crate::call::Call;

/// Whom a statement of a bus's policy lets in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Grantee {
    Account(AccountId),
    Organization(String),
}

impl Grantee {
    /// The id of Waybill's own statement for it (EventBridge API, `StatementId`: at most 64 of letters, digits, `-` and `_`).
    pub(crate) fn statement(&self) -> String {
        match self {
            Self::Account(account) => format!("waybill-account-{account}"),
            Self::Organization(id) => format!("waybill-organization-{id}"),
        }
    }
}

/// One writing request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Write {
    CreateBus {
        name: String,
    },
    ActivateSource {
        name: String,
    },
    PutPermission {
        bus: String,
        grantee: Grantee,
    },
    PutRule {
        bus: String,
        name: RuleName,
        description: String,
        pattern: String,
    },
    EnableRule {
        bus: String,
        name: RuleName,
    },
    CreateQueue {
        name: QueueName,
        dead_letter: bool,
    },
    /// The URL is known once the queue is there.
    SetPolicy {
        queue: QueueName,
        url: Option<String>,
        policy: String,
    },
    PutTarget {
        bus: String,
        rule: RuleName,
        target: TargetWrite,
    },
}

/// A target as it will be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TargetWrite {
    pub(crate) id: String,
    pub(crate) arn: String,
    pub(crate) dead_letter: Option<String>,
    pub(crate) message_group: Option<String>,
}

impl Write {
    /// Service and operation.
    pub(crate) const fn call(&self) -> Call {
        match self {
            Self::CreateBus { .. } => Call::events("CreateEventBus"),
            Self::ActivateSource { .. } => Call::events("ActivateEventSource"),
            Self::PutPermission { .. } => Call::events("PutPermission"),
            Self::PutRule { .. } => Call::events("PutRule"),
            Self::EnableRule { .. } => Call::events("EnableRule"),
            Self::CreateQueue { .. } => Call::sqs("CreateQueue"),
            Self::SetPolicy { .. } => Call::sqs("SetQueueAttributes"),
            Self::PutTarget { .. } => Call::events("PutTargets"),
        }
    }

    /// The request as AWS's API reference spells it.
    pub(crate) fn input(&self) -> Value {
        match self {
            Self::CreateBus { name } => json!({ "Name": name, "EventSourceName": name }),
            Self::ActivateSource { name } => json!({ "Name": name }),
            Self::PutPermission { bus, grantee } => permission_input(bus, grantee),
            Self::PutRule { bus, name, description, pattern } => {
                json!({ "Name": name, "EventBusName": bus, "Description": description, "EventPattern": pattern, "State": "ENABLED" })
            }
            Self::EnableRule { bus, name } => json!({ "Name": name, "EventBusName": bus }),
            Self::CreateQueue { name, dead_letter } => json!({ "QueueName": name, "Attributes": queue_attributes(name, *dead_letter) }),
            Self::SetPolicy { queue, url: None, policy } => json!({ "QueueName": queue, "Attributes": { "Policy": policy } }),
            Self::SetPolicy { url: Some(url), policy, .. } => json!({ "QueueUrl": url, "Attributes": { "Policy": policy } }),
            Self::PutTarget { bus, rule, target } => json!({ "Rule": rule, "EventBusName": bus, "Targets": [target.input()] }),
        }
    }
}

impl TargetWrite {
    fn input(&self) -> Value {
        let mut target = json!({ "Id": self.id, "Arn": self.arn });
        if let Some(arn) = &self.dead_letter {
            target["DeadLetterConfig"] = json!({ "Arn": arn });
        }
        if let Some(group) = &self.message_group {
            target["SqsParameters"] = json!({ "MessageGroupId": group });
        }
        target
    }
}

fn permission_input(bus: &str, grantee: &Grantee) -> Value {
    let mut input = json!({ "EventBusName": bus, "Action": "events:PutEvents", "StatementId": grantee.statement() });
    match grantee {
        Grantee::Account(account) => input["Principal"] = json!(account),
        Grantee::Organization(id) => {
            input["Principal"] = json!("*");
            input["Condition"] = json!({ "Type": "StringEquals", "Key": "aws:PrincipalOrgID", "Value": id });
        }
    }
    input
}

/// Attributes of a queue that Waybill makes: SQS's own defaults, except that a FIFO queue makes its own deduplication ids, which
/// EventBridge never sends, and that a dead-letter queue keeps its messages for 14 days, the longest that SQS allows.
pub(crate) fn queue_attributes(name: &QueueName, dead_letter: bool) -> Value {
    let mut attributes = json!({});
    if name.is_fifo() {
        attributes["FifoQueue"] = json!("true");
        attributes["ContentBasedDeduplication"] = json!("true");
    }
    if dead_letter {
        attributes["MessageRetentionPeriod"] = json!("1209600");
    }
    attributes
}
