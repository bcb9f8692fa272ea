//! Resource policies: who but its owner may use a queue, a bus or a key.

mod compare;
mod condition;
mod context;
mod glob;

use serde_json::{Map, Value};

pub(crate) use condition::Condition;
use condition::texts;
pub(crate) use context::Context;
pub(crate) use glob::fits;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Principal<'a> {
    /// An AWS service, for example `events.amazonaws.com`.
    Service(&'a str),
    /// An account, twelve digits.
    Account(&'a str),
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    /// Who asks.
    pub(crate) principal: Principal<'a>,
    /// For example `sqs:SendMessage`.
    pub(crate) action: &'a str,
    /// The ARN of the queue, bus or key.
    pub(crate) resource: &'a str,
    /// What else is known.
    pub(crate) context: Context<'a>,
}

/// A policy document, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Policy {
    statements: Vec<Statement>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Statement {
    allows: bool,
    principals: Named<Pattern>,
    actions: Named<String>,
    resources: Named<String>,
    conditions: Vec<Condition>,
}

/// `Action` or `NotAction`, `Resource` or `NotResource`, `Principal` or `NotPrincipal`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named<T> {
    negated: bool,
    entries: Vec<T>,
}

impl<T> Named<T> {
    fn covers(&self, fits: impl FnMut(&T) -> bool) -> bool {
        self.entries.iter().any(fits) != self.negated
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    Anyone,
    Account(String),
    Service(String),
    /// Federated and canonical users, and single IAM users: nobody in the sandbox.
    Nobody,
}

impl Policy {
    /// Reads a policy document; `None` when AWS would not take it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let document: Value = serde_json::from_str(text).ok()?;
        let document = document.as_object()?;
        if let Some(version) = document.get("Version") {
            ["2012-10-17", "2008-10-17"].contains(&version.as_str()?).then_some(())?;
        }
        let statements = match document.get("Statement")? {
            Value::Array(statements) if !statements.is_empty() => statements.iter().map(Statement::read).collect(),
            single @ Value::Object(_) => Statement::read(single).map(|statement| vec![statement]),
            _ => None,
        }?;
        Some(Self { statements })
    }

    /// Whether the request is allowed by a statement and denied by none.
    pub(crate) fn allows(&self, request: &Request<'_>) -> bool {
        let mut applying = self.statements.iter().filter(|statement| statement.applies(request)).peekable();
        applying.peek().is_some() && applying.all(|statement| statement.allows)
    }

    /// Whether a statement denies it, whatever the others say.
    pub(crate) fn denies(&self, request: &Request<'_>) -> bool {
        self.statements.iter().any(|statement| !statement.allows && statement.applies(request))
    }
}

impl Statement {
    fn read(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        let allows = match fields.get("Effect")?.as_str()? {
            "Allow" => true,
            "Deny" => false,
            _ => return None,
        };
        let (principal, negated) = one_of(fields, "Principal", "NotPrincipal")?;
        Some(Self {
            allows,
            principals: Named { negated, entries: principals(principal)? },
            actions: named(fields, "Action", "NotAction")?,
            resources: named(fields, "Resource", "NotResource")?,
            conditions: conditions(fields.get("Condition"))?,
        })
    }

    fn applies(&self, request: &Request<'_>) -> bool {
        let action = request.action.to_ascii_lowercase();
        self.principals.covers(|pattern| pattern.fits(request.principal))
            && self.actions.covers(|pattern| glob::fits(&pattern.to_ascii_lowercase(), &action))
            && self.resources.covers(|pattern| glob::fits(pattern, request.resource))
            && self.conditions.iter().all(|condition| condition.holds(request.context))
    }
}

impl Pattern {
    fn fits(&self, principal: Principal<'_>) -> bool {
        match (self, principal) {
            (Self::Anyone, _) => true,
            (Self::Account(wanted), Principal::Account(account)) => wanted == account,
            (Self::Service(wanted), Principal::Service(service)) => wanted == service,
            _ => false,
        }
    }

    /// An account's id, its root user's ARN, or `*`.
    fn of_aws(text: &str) -> Self {
        let account = text.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(3)).unwrap_or(text);
        let is_whole_account = !text.starts_with("arn:") || text.ends_with(":root");
        match text {
            "*" => Self::Anyone,
            _ if is_whole_account => Self::Account(account.to_owned()),
            _ => Self::Nobody,
        }
    }
}

fn principals(value: &Value) -> Option<Vec<Pattern>> {
    if value.as_str() == Some("*") {
        return Some(vec![Pattern::Anyone]);
    }
    let mut all = Vec::new();
    for (kind, names) in value.as_object()? {
        for name in texts(names)? {
            all.push(match kind.as_str() {
                "AWS" => Pattern::of_aws(&name),
                "Service" => Pattern::Service(name),
                "Federated" | "CanonicalUser" => Pattern::Nobody,
                _ => return None,
            });
        }
    }
    (!all.is_empty()).then_some(all)
}

fn named(fields: &Map<String, Value>, name: &str, negation: &str) -> Option<Named<String>> {
    let (value, negated) = one_of(fields, name, negation)?;
    let entries = texts(value).filter(|entries| !entries.is_empty())?;
    Some(Named { negated, entries })
}

/// Exactly one of a field and its negation.
fn one_of<'a>(fields: &'a Map<String, Value>, name: &str, negation: &str) -> Option<(&'a Value, bool)> {
    match (fields.get(name), fields.get(negation)) {
        (Some(value), None) => Some((value, false)),
        (None, Some(value)) => Some((value, true)),
        _ => None,
    }
}

pub(crate) fn conditions(value: Option<&Value>) -> Option<Vec<Condition>> {
    let Some(value) = value else { return Some(Vec::new()) };
    let mut all = Vec::new();
    for (operator, keys) in value.as_object()? {
        for (key, values) in keys.as_object()? {
            all.push(Condition::read(operator, key, values)?);
        }
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const QUEUE: &str = "arn:aws:sqs:eu-central-1:123456789012:q";
    const RULE: &str = "arn:aws:events:eu-central-1:123456789012:rule/b/all";

    fn statement(changes: &Value) -> Value {
        let mut statement = json!({
            "Sid": "EventsToMyQueue", "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage", "Resource": QUEUE, "Condition": {"ArnEquals": {"aws:SourceArn": RULE}},
        });
        for (key, value) in changes.as_object().unwrap() {
            match value {
                Value::Null => statement.as_object_mut().unwrap().remove(key),
                _ => statement.as_object_mut().unwrap().insert(key.clone(), value.clone()),
            };
        }
        statement
    }

    fn event_is_let_in(statements: &[Value]) -> bool {
        let text = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
        let keys = [("aws:sourcearn", RULE), ("aws:sourceaccount", "123456789012")];
        let principal = Principal::Service("events.amazonaws.com");
        let context = Context { keys: &keys, now_ms: 0 };
        let request = Request { principal, action: "sqs:SendMessage", resource: QUEUE, context };
        Policy::read(&text).unwrap().allows(&request)
    }

    #[test]
    fn a_rule_sends_only_where_the_policy_names_it() {
        for (changes, let_in) in [
            (json!({}), true),
            (json!({"Condition": null}), true),
            (json!({"Action": "SQS:*"}), true),
            (json!({"Action": ["sqs:ReceiveMessage", "sqs:Send*"]}), true),
            (json!({"Action": "sqs:ReceiveMessage"}), false),
            (json!({"Resource": "*"}), true),
            (json!({"Resource": "arn:aws:sqs:*:*:q*"}), true),
            (json!({"Resource": format!("{QUEUE}2")}), false),
            (json!({"Principal": "*"}), true),
            (json!({"Principal": {"AWS": "*"}}), true),
            (json!({"Principal": {"AWS": "123456789012"}}), false),
            (json!({"Principal": {"Service": ["sns.amazonaws.com", "events.amazonaws.com"]}}), true),
            (json!({"Principal": {"Service": "sns.amazonaws.com"}}), false),
            (json!({"Principal": null, "NotPrincipal": {"Service": "sns.amazonaws.com"}}), true),
            (json!({"Effect": "Deny"}), false),
            (json!({"Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:events:eu-central-1:123456789012:rule/all"}}}), false),
            (
                json!({"Condition": {"ArnLike": {"aws:SourceArn": ["x", RULE]}, "StringEquals": {"aws:SourceAccount": "123456789012"}}}),
                true,
            ),
            (json!({"Condition": {"ArnLike": {"aws:SourceArn": RULE}, "StringEquals": {"aws:SourceAccount": "1"}}}), false),
        ] {
            assert_eq!(event_is_let_in(&[statement(&changes)]), let_in, "{changes}");
        }
    }

    #[test]
    fn one_denial_outweighs_every_permission() {
        let deny = |condition: &Value| statement(&json!({"Effect": "Deny", "Principal": "*", "Condition": condition}));
        let elsewhere = deny(&json!({"ArnNotEquals": {"aws:SourceArn": "arn:aws:events:r:1:rule/x"}}));
        assert!(!event_is_let_in(&[statement(&json!({})), elsewhere]), "the denial applies to this rule");
        let insecure = deny(&json!({"Bool": {"aws:SecureTransport": "false"}}));
        assert!(event_is_let_in(&[insecure, statement(&json!({}))]), "the denial does not apply");
    }

    #[test]
    fn what_sqs_would_not_take_is_no_policy() {
        let with = |changes: Value| json!({"Statement": [statement(&changes)]}).to_string();
        for text in [
            "{".to_owned(),
            "[]".to_owned(),
            "{}".to_owned(),
            r#"{"Statement": []}"#.to_owned(),
            json!({"Version": "2020-01-01", "Statement": [statement(&json!({}))]}).to_string(),
            with(json!({"Effect": "Maybe"})),
            with(json!({"Effect": null})),
            with(json!({"Principal": null})),
            with(json!({"Principal": {"Robot": "x"}})),
            with(json!({"Principal": {}})),
            with(json!({"Action": null})),
            with(json!({"Resource": null})),
            with(json!({"Resource": QUEUE, "NotResource": QUEUE})),
            with(json!({"Condition": {"ArnIs": {"aws:SourceArn": "x"}}})),
            with(json!({"Condition": "x"})),
        ] {
            assert_eq!(Policy::read(&text), None, "{text}");
        }
        assert!(Policy::read(&json!({"Statement": statement(&json!({}))}).to_string()).is_some(), "one statement without a list");
    }

    #[test]
    fn another_account_is_let_in_by_id_or_root_arn() {
        for (named, account, let_in) in [
            (json!("999999999999"), "999999999999", true),
            (json!(["arn:aws:iam::999999999999:root"]), "999999999999", true),
            (json!("999999999999"), "888888888888", false),
            (json!("arn:aws:iam::999999999999:user/x"), "999999999999", false),
        ] {
            let text = json!({"Statement": statement(&json!({"Principal": {"AWS": named}, "Condition": null}))}).to_string();
            let principal = Principal::Account(account);
            let request = Request { principal, action: "sqs:SendMessage", resource: QUEUE, context: Context { keys: &[], now_ms: 0 } };
            assert_eq!(Policy::read(&text).unwrap().allows(&request), let_in, "{named} for {account}");
        }
    }
}
