//! Identity policies.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::policy::{Condition, Context, conditions, fits};

/// What an access key may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IdentityPolicy(Vec<Statement>);

/// What a policy says about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// A statement allows it, and none denies it.
    Allowed,
    /// A statement denies it.
    Denied,
    /// No statement allows it.
    NotAllowed,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Document {
    #[serde(default)]
    version: Option<String>,
    #[serde(default, rename = "Id")]
    _id: Option<String>,
    statement: OneOrMany<Statement>,
}

/// The condition key that this part of IAM knows (Service authorization reference, EventBridge).
const TARGET_ARN: &str = "events:targetarn";

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Statement {
    #[serde(default, rename = "Sid")]
    _sid: Option<String>,
    effect: Effect,
    action: Option<OneOrMany<String>>,
    not_action: Option<OneOrMany<String>>,
    resource: Option<OneOrMany<String>>,
    not_resource: Option<OneOrMany<String>>,
    #[serde(default)]
    condition: Option<Map<String, Value>>,
    #[serde(skip)]
    conditions: Vec<Condition>,
}

/// What is asked of a policy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'a> {
    /// The IAM action.
    pub(super) action: &'a str,
    /// The ARN that it is about.
    pub(super) resource: &'a str,
    /// The targets that a `PutTargets` puts.
    pub(super) targets: &'a [String],
    /// Now, in milliseconds since 1970.
    pub(super) now_ms: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum Effect {
    Allow,
    Deny,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    fn as_slice(&self) -> &[T] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

impl IdentityPolicy {
    /// Reads a policy document.
    ///
    /// # Errors
    /// What of it this part of IAM does not know.
    pub(crate) fn read(text: &str) -> Result<Self, serde_json::Error> {
        use serde::de::Error;
        let document: Document = serde_json::from_str(text)?;
        if document.version.as_deref().is_some_and(|version| !["2012-10-17", "2008-10-17"].contains(&version)) {
            return Err(serde_json::Error::custom("Version must be 2012-10-17"));
        }
        let mut statements = match document.statement {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        };
        for statement in &mut statements {
            statement.conditions =
                statement.read_conditions().ok_or_else(|| serde_json::Error::custom("the only condition key is events:TargetArn"))?;
        }
        match statements.iter().all(Statement::is_whole) {
            true => Ok(Self(statements)),
            false => Err(serde_json::Error::custom("a statement has one of Action and NotAction, and one of Resource and NotResource")),
        }
    }

    /// What it says about a request; a Deny wins.
    pub(super) fn answer(&self, question: Question<'_>) -> Answer {
        let applying = |effect: Effect| self.0.iter().any(|statement| statement.effect == effect && statement.applies(question));
        match (applying(Effect::Deny), applying(Effect::Allow)) {
            (true, _) => Answer::Denied,
            (false, true) => Answer::Allowed,
            (false, false) => Answer::NotAllowed,
        }
    }
}

impl Statement {
    /// Its conditions; none where one of them is not known.
    fn read_conditions(&self) -> Option<Vec<Condition>> {
        let Some(written) = &self.condition else { return Some(Vec::new()) };
        let mut keys = written.values().flat_map(|keys| keys.as_object().into_iter().flatten());
        let is_known = keys.all(|(key, _)| key.eq_ignore_ascii_case(TARGET_ARN));
        conditions(Some(&Value::Object(written.clone()))).filter(|_| is_known)
    }

    /// Whether its conditions hold for each target; without a target the key is absent.
    fn holds(&self, Question { targets, now_ms, .. }: Question<'_>) -> bool {
        let holds = |keys: &[(&'static str, &str)]| self.conditions.iter().all(|condition| condition.holds(Context { keys, now_ms }));
        if targets.is_empty() { holds(&[]) } else { targets.iter().all(|target| holds(&[(TARGET_ARN, target)])) }
    }

    fn is_whole(&self) -> bool {
        self.action.is_some() != self.not_action.is_some() && self.resource.is_some() != self.not_resource.is_some()
    }

    /// Actions are compared whatever their case, resources exactly (IAM user guide, "IAM JSON policy elements").
    fn applies(&self, question: Question<'_>) -> bool {
        let (action, resource) = (question.action.to_ascii_lowercase(), question.resource);
        let names_action = |patterns: &OneOrMany<String>| patterns.as_slice().iter().any(|one| fits(&one.to_ascii_lowercase(), &action));
        let names_resource = |patterns: &OneOrMany<String>| patterns.as_slice().iter().any(|one| fits(one, resource));
        let by_action = self.action.as_ref().map_or_else(|| !self.not_action.as_ref().is_some_and(names_action), names_action);
        let by_resource = self.resource.as_ref().map_or_else(|| !self.not_resource.as_ref().is_some_and(names_resource), names_resource);
        by_action && by_resource && self.holds(question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUEUE: &str = "arn:aws:sqs:eu-central-1:123456789012:q";

    #[test]
    fn a_deny_wins_and_nothing_is_allowed_by_itself() {
        let cases = [
            (r#"{"Effect":"Allow","Action":"sqs:*","Resource":"*"}"#, Answer::Allowed),
            (r#"{"Effect":"Allow","Action":"SQS:get*","Resource":"arn:aws:sqs:*:*:q"}"#, Answer::Allowed),
            (r#"{"Effect":"Allow","Action":["events:*"],"Resource":"*"}"#, Answer::NotAllowed),
            (r#"{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:*:*:other"}"#, Answer::NotAllowed),
            (r#"{"Effect":"Allow","NotAction":"events:*","NotResource":"arn:aws:sqs:*:*:other"}"#, Answer::Allowed),
            (r#"[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"sqs:Get*","Resource":"*"}]"#, Answer::Denied),
        ];
        for (statement, answer) in cases {
            let policy = IdentityPolicy::read(&format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#)).unwrap();
            assert_eq!(policy.answer(about("sqs:GetQueueAttributes", &[])), answer, "{statement}");
        }
    }

    fn about<'a>(action: &'a str, targets: &'a [String]) -> Question<'a> {
        Question { action, resource: QUEUE, targets, now_ms: 0 }
    }

    #[test]
    fn targets_are_limited_by_their_arns() {
        let condition = r#"{"ForAllValues:ArnLike":{"events:TargetArn":["arn:aws:sqs:*:*:own","arn:aws:sqs:*:*:probe-*"]}}"#;
        let text = format!(r#"{{"Statement":{{"Effect":"Allow","Action":"events:PutTargets","Resource":"*","Condition":{condition}}}}}"#);
        let policy = IdentityPolicy::read(&text).unwrap();
        for (names, answer) in
            [(&["own"][..], Answer::Allowed), (&["own", "probe-1"], Answer::Allowed), (&["own", "theirs"], Answer::NotAllowed)]
        {
            let targets: Vec<String> = names.iter().map(|name| format!("arn:aws:sqs:eu-central-1:123456789012:{name}")).collect();
            assert_eq!(policy.answer(about("events:PutTargets", &targets)), answer, "{names:?}");
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for statement in [
            r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}"#,
            r#"{"Effect":"Allow","Action":"*"}"#,
            r#"{"Effect":"Perhaps","Action":"*","Resource":"*"}"#,
        ] {
            assert!(IdentityPolicy::read(&format!(r#"{{"Statement":{statement}}}"#)).is_err(), "{statement} must not be half obeyed");
        }
    }
}
