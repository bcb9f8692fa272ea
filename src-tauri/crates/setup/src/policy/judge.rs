//! May this rule do this?

use serde_json::Value;

use super::condition::{Holds, holds, like, source_arns, texts};
use super::{ResourcePolicy, Right};

/// What a policy answers a rule. An explicit Deny wins over every Allow, as in IAM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyAnswer {
    /// Statements let the rule do everything that it has to.
    Allows,
    /// There is no policy.
    NoPolicy,
    /// No statement is about EventBridge doing this.
    NoStatement,
    /// Statements let EventBridge do this, but only for these other source ARNs.
    OtherRule(Vec<String>),
    /// A statement denies it; its id, where it has one.
    Denied(Option<String>),
    /// A statement decides it by something that Waybill cannot know; its id, where it has one.
    CannotTell(Option<String>),
}

impl ResourcePolicy {
    /// Judges whether the rule may do everything that it has to.
    pub fn answer(&self, right: &impl Right) -> PolicyAnswer {
        let of_action = |action: &&str| match self.answer_to(action, right) {
            PolicyAnswer::Allows => None,
            other => Some(other),
        };
        right.actions().iter().find_map(of_action).unwrap_or(PolicyAnswer::Allows)
    }

    fn answer_to(&self, action: &str, right: &impl Right) -> PolicyAnswer {
        let concerning: Vec<Value> = self.values().filter(|statement| concerns(statement, action, right)).collect();
        let first = |effect: &str, wanted: Holds| {
            concerning.iter().find(|statement| statement["Effect"] == effect && holds(statement.get("Condition"), right) == wanted)
        };
        let sid = |statement: &Value| statement["Sid"].as_str().map(str::to_owned);
        if let Some(denying) = first("Deny", Holds::Yes) {
            return PolicyAnswer::Denied(sid(denying));
        }
        if first("Allow", Holds::Yes).is_some() {
            return first("Deny", Holds::CannotTell).map_or(PolicyAnswer::Allows, |unsure| PolicyAnswer::CannotTell(sid(unsure)));
        }
        if let Some(unsure) = first("Allow", Holds::CannotTell) {
            return PolicyAnswer::CannotTell(sid(unsure));
        }
        let allowing = concerning.iter().filter(|statement| statement["Effect"] == "Allow");
        let others: Vec<String> = allowing.flat_map(|statement| source_arns(statement.get("Condition"))).collect();
        match (self.count(), others.is_empty()) {
            (0, _) => PolicyAnswer::NoPolicy,
            (_, true) => PolicyAnswer::NoStatement,
            (_, false) => PolicyAnswer::OtherRule(others),
        }
    }
}

/// Whether the statement is about EventBridge doing this, its condition aside.
fn concerns(statement: &Value, action: &str, right: &impl Right) -> bool {
    let names_eventbridge = |principal: &Value| {
        principal == "*"
            || texts(&principal["Service"]).iter().any(|service| service == "events.amazonaws.com")
            || texts(&principal["AWS"]).iter().any(|aws| aws == "*")
    };
    let names_action =
        |actions: &Value| texts(actions).iter().any(|pattern| like(&pattern.to_ascii_lowercase(), &action.to_ascii_lowercase()));
    let names_resource = |resources: &Value| texts(resources).iter().any(|pattern| like(pattern, right.resource()));
    named(statement, ("Principal", "NotPrincipal"), names_eventbridge)
        && named(statement, ("Action", "NotAction"), names_action)
        && named(statement, ("Resource", "NotResource"), names_resource)
}

/// Whether an element of a statement names something, or its opposite does not.
fn named(statement: &Value, (element, opposite): (&str, &str), names: impl Fn(&Value) -> bool) -> bool {
    match (statement.get(element), statement.get(opposite)) {
        (Some(value), _) => names(value),
        (None, Some(excepted)) => !names(excepted),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::KeyGrant;
    use super::super::tests::grant;
    use super::*;
    use serde_json::json;

    fn answer(statements: Value) -> PolicyAnswer {
        ResourcePolicy::read(Some(&json!({ "Statement": statements }).to_string())).unwrap().answer(&grant())
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
        let outsiders = json!({ "Sid": "outsiders", "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*",
            "Condition": { "StringNotEquals": { "aws:PrincipalOrgID": "o-1" } } });
        let mut outsiders_but_services = outsiders.clone();
        outsiders_but_services["Condition"]["BoolIfExists"] = json!({ "aws:PrincipalIsAWSService": "false" });
        let unsure = || PolicyAnswer::CannotTell(Some(grant().sid()));
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
            (json!([own(|_| ()), outsiders]), PolicyAnswer::Denied(Some("outsiders".into()))),
            (json!([own(|_| ()), outsiders_but_services]), PolicyAnswer::Allows),
            (json!([own(|s| s["Condition"] = json!({ "IpAddress": { "aws:SourceIp": "10.0.0.0/8" } }))]), unsure()),
            (json!([own(|s| s["Condition"] = json!({ "StringEquals": { "aws:PrincipalOrgID": "o-1" } }))]), PolicyAnswer::NoStatement),
            (own(|_| ()), PolicyAnswer::Allows),
        ];
        for (statements, expected) in cases {
            assert_eq!(answer(statements.clone()), expected, "{statements}");
        }
    }

    #[test]
    fn a_key_must_let_eventbridge_do_both() {
        let right = KeyGrant { rule: grant().rule, key: "arn:aws:kms:eu-central-1:123456789012:key/1".into() };
        let answer = |actions: Value, condition: Value| {
            let statement = json!({ "Effect": "Allow", "Principal": { "Service": ["sns.amazonaws.com", "events.amazonaws.com"] },
                "Action": actions, "Resource": "*", "Condition": condition });
            ResourcePolicy::read(Some(&json!({ "Statement": [statement] }).to_string())).unwrap().answer(&right)
        };
        assert_eq!(answer(json!(["kms:Decrypt", "kms:GenerateDataKey*"]), json!({})), PolicyAnswer::Allows);
        assert_eq!(answer(json!("kms:Decrypt"), json!({})), PolicyAnswer::NoStatement, "half of it is not enough");
        let via = |service: &str| json!({ "StringEquals": { "kms:ViaService": service } });
        assert_eq!(answer(json!("kms:*"), via("sqs.eu-central-1.amazonaws.com")), PolicyAnswer::Allows);
        assert_eq!(answer(json!("kms:*"), via("s3.eu-central-1.amazonaws.com")), PolicyAnswer::NoStatement);
        let mended = ResourcePolicy::default().allowing(&right);
        assert_eq!(mended.answer(&right), PolicyAnswer::Allows, "Waybill's own statement is enough");
    }
}
