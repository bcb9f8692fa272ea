//! What a policy has to let a rule do.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use waybill_domain::{QueueArn, RuleArn};

/// What a rule must be allowed, and the statement that allows it.
pub trait Right {
    /// The rule.
    fn rule(&self) -> &RuleArn;
    /// The ARN of what it uses.
    fn resource(&self) -> &str;
    /// Everything that it does with it, as IAM names it.
    fn actions(&self) -> &'static [&'static str];
    /// The service through which EventBridge comes (`kms:ViaService`).
    fn via(&self) -> Option<String>;
    /// The id of Waybill's own statement.
    fn sid(&self) -> String;
    /// Waybill's own statement.
    fn statement(&self) -> Value;
}

/// The right that a rule needs: to send to a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The rule that sends.
    pub rule: RuleArn,
    /// The queue that it sends to.
    pub queue: QueueArn,
}

impl Right for Grant {
    /// The rule's name, and eight hex digits of its ARN so that rules of the same name on two buses keep apart.
    fn sid(&self) -> String {
        let name = self.rule.as_str().rsplit('/').next().unwrap_or_default();
        let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
        let digest = hex::encode(Sha256::digest(self.rule.as_str()));
        format!("waybill-{name}-{}", &digest[..8])
    }

    /// As the EventBridge user guide writes it ("Amazon SQS permissions").
    fn statement(&self) -> Value {
        json!({
            "Sid": self.sid(),
            "Effect": "Allow",
            "Principal": { "Service": "events.amazonaws.com" },
            "Action": "sqs:SendMessage",
            "Resource": self.queue,
            "Condition": { "ArnEquals": { "aws:SourceArn": self.rule } },
        })
    }

    fn rule(&self) -> &RuleArn {
        &self.rule
    }

    fn resource(&self) -> &str {
        self.queue.as_str()
    }

    fn actions(&self) -> &'static [&'static str] {
        &["sqs:SendMessage"]
    }

    fn via(&self) -> Option<String> {
        None
    }
}

/// The right to use a queue's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyGrant {
    /// The rule that sends.
    pub rule: RuleArn,
    /// The ARN of the key.
    pub key: String,
}

impl Right for KeyGrant {
    fn rule(&self) -> &RuleArn {
        &self.rule
    }

    fn resource(&self) -> &str {
        &self.key
    }

    fn actions(&self) -> &'static [&'static str] {
        &["kms:GenerateDataKey", "kms:Decrypt"]
    }

    fn via(&self) -> Option<String> {
        self.key.split(':').nth(3).map(|region| format!("sqs.{region}.amazonaws.com"))
    }

    /// One statement is enough for all rules.
    fn sid(&self) -> String {
        "waybill-eventbridge".to_owned()
    }

    /// As the EventBridge user guide writes it ("Troubleshooting", encrypted queues): whoever may send is said by the queue's policy.
    fn statement(&self) -> Value {
        json!({
            "Sid": self.sid(),
            "Effect": "Allow",
            "Principal": { "Service": "events.amazonaws.com" },
            "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
            "Resource": "*",
        })
    }
}
