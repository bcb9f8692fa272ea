//! Identity policies.

use serde::Deserialize;

use crate::policy::fits;

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
        let statements = match document.statement {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        };
        match statements.iter().all(Statement::is_whole) {
            true => Ok(Self(statements)),
            false => Err(serde_json::Error::custom("a statement has one of Action and NotAction, and one of Resource and NotResource")),
        }
    }

    /// What it says about a request; a Deny wins.
    pub(super) fn answer(&self, action: &str, resource: &str) -> Answer {
        let applying = |effect: Effect| self.0.iter().any(|statement| statement.effect == effect && statement.applies(action, resource));
        match (applying(Effect::Deny), applying(Effect::Allow)) {
            (true, _) => Answer::Denied,
            (false, true) => Answer::Allowed,
            (false, false) => Answer::NotAllowed,
        }
    }
}

impl Statement {
    fn is_whole(&self) -> bool {
        self.action.is_some() != self.not_action.is_some() && self.resource.is_some() != self.not_resource.is_some()
    }

    /// Actions are compared whatever their case, resources exactly (IAM user guide, "IAM JSON policy elements").
    fn applies(&self, action: &str, resource: &str) -> bool {
        let action = action.to_ascii_lowercase();
        let names_action = |patterns: &OneOrMany<String>| patterns.as_slice().iter().any(|one| fits(&one.to_ascii_lowercase(), &action));
        let names_resource = |patterns: &OneOrMany<String>| patterns.as_slice().iter().any(|one| fits(one, resource));
        let by_action = self.action.as_ref().map_or_else(|| !self.not_action.as_ref().is_some_and(names_action), names_action);
        let by_resource = self.resource.as_ref().map_or_else(|| !self.not_resource.as_ref().is_some_and(names_resource), names_resource);
        by_action && by_resource
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
            assert_eq!(policy.answer("sqs:GetQueueAttributes", QUEUE), answer, "{statement}");
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
