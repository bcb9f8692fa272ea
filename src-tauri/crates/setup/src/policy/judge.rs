//! May this rule send to this queue?

use serde_json::Value;

use super::condition::{Holds, holds, like, source_arns, texts};
use super::{Grant, QueuePolicy};

/// What a queue's policy answers a rule that wants to send. An explicit Deny wins over every Allow, as in IAM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyAnswer {
    /// A statement lets the rule send.
    Allows,
    /// The queue has no policy.
    NoPolicy,
    /// No statement is about EventBridge sending to this queue.
    NoStatement,
    /// Statements let EventBridge send, but only for these other source ARNs.
    OtherRule(Vec<String>),
    /// A statement denies it; its id, where it has one.
    Denied(Option<String>),
}

impl QueuePolicy {
    /// Judges `grant`.
    pub fn answer(&self, grant: &Grant) -> PolicyAnswer {
        let concerning: Vec<Value> = self.values().filter(|statement| concerns(statement, grant)).collect();
        let holding = |effect: &str| {
            concerning.iter().find(|statement| statement["Effect"] == effect && holds(statement.get("Condition"), grant) == Holds::Yes)
        };
        if let Some(denying) = holding("Deny") {
            return PolicyAnswer::Denied(denying["Sid"].as_str().map(str::to_owned));
        }
        if holding("Allow").is_some() {
            return PolicyAnswer::Allows;
        }
        let others: Vec<String> = concerning
            .iter()
            .filter(|statement| statement["Effect"] == "Allow")
            .flat_map(|statement| source_arns(statement.get("Condition")))
            .collect();
        match (self.count(), others.is_empty()) {
            (0, _) => PolicyAnswer::NoPolicy,
            (_, true) => PolicyAnswer::NoStatement,
            (_, false) => PolicyAnswer::OtherRule(others),
        }
    }
}

/// Whether the statement is about EventBridge sending to the queue, its condition aside.
fn concerns(statement: &Value, grant: &Grant) -> bool {
    is_eventbridge(statement) && is_send(statement) && is_queue(statement, grant)
}

fn is_eventbridge(statement: &Value) -> bool {
    let names = |principal: &Value| {
        principal == "*"
            || texts(&principal["Service"]).iter().any(|service| service == "events.amazonaws.com")
            || texts(&principal["AWS"]).iter().any(|aws| aws == "*")
    };
    match (statement.get("Principal"), statement.get("NotPrincipal")) {
        (Some(principal), _) => names(principal),
        (None, Some(excepted)) => !names(excepted),
        (None, None) => false,
    }
}

fn is_send(statement: &Value) -> bool {
    let names = |action: &Value| texts(action).iter().any(|pattern| like(&pattern.to_ascii_lowercase(), "sqs:sendmessage"));
    match (statement.get("Action"), statement.get("NotAction")) {
        (Some(action), _) => names(action),
        (None, Some(excepted)) => !names(excepted),
        (None, None) => false,
    }
}

fn is_queue(statement: &Value, grant: &Grant) -> bool {
    let names = |resource: &Value| texts(resource).iter().any(|pattern| like(pattern, grant.queue.as_str()));
    match (statement.get("Resource"), statement.get("NotResource")) {
        (Some(resource), _) => names(resource),
        (None, Some(excepted)) => !names(excepted),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::grant;
    use super::*;
    use serde_json::json;

    fn answer(statements: Value) -> PolicyAnswer {
        QueuePolicy::read(Some(&json!({ "Statement": statements }).to_string())).unwrap().answer(&grant())
    }

    fn own(change: impl FnOnce(&mut Value)) -> Value {
        let mut statement = grant().statement();
        change(&mut statement);
        statement
    }

    #[test]
    fn the_answer_follows_the_statements() {
        let other = "arn:aws:events:eu-central-1:123456789012:rule/aws.partner/ilert.com/test/2/all";
        let deny = json!({ "Sid": "no", "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*" });
        let insecure = json!({ "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "false" } } });
        let cases = [
            (json!([own(|_| ())]), PolicyAnswer::Allows),
            (json!([]), PolicyAnswer::NoPolicy),
            (json!([own(|s| s["Principal"] = json!({ "AWS": "arn:aws:iam::123456789012:root" }))]), PolicyAnswer::NoStatement),
            (json!([own(|s| s["Principal"] = json!("*"))]), PolicyAnswer::Allows),
            (json!([own(|s| s["Action"] = json!(["SQS:Send*"]))]), PolicyAnswer::Allows),
            (json!([own(|s| s["Action"] = json!("sqs:ReceiveMessage"))]), PolicyAnswer::NoStatement),
            (json!([own(|s| s["Resource"] = json!("arn:aws:sqs:eu-central-1:123456789012:another"))]), PolicyAnswer::NoStatement),
            (json!([own(|s| s["Condition"]["ArnEquals"]["aws:SourceArn"] = json!(other))]), PolicyAnswer::OtherRule(vec![other.into()])),
            (json!([own(|_| ()), deny]), PolicyAnswer::Denied(Some("no".into()))),
            (json!([own(|_| ()), insecure]), PolicyAnswer::Allows),
            (own(|_| ()), PolicyAnswer::Allows),
        ];
        for (statements, expected) in cases {
            assert_eq!(answer(statements.clone()), expected, "{statements}");
        }
    }
}
