//! The policy of an SQS queue or of its key: one statement of Waybill's own beside everybody else's.

mod change;
mod condition;
mod judge;
mod right;

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

pub(crate) use change::Presence;
pub use judge::PolicyAnswer;
pub use right::{Grant, KeyGrant, Right};

/// A policy that Waybill cannot read, and therefore does not touch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the policy cannot be read: {reason}")]
pub struct PolicyUnreadable {
    /// Why.
    pub reason: String,
}

/// A policy, statement by statement. Foreign statements are kept to the letter.
#[derive(Debug, Clone, Default)]
pub struct ResourcePolicy {
    rest: BTreeMap<String, Box<RawValue>>,
    statements: Vec<Box<RawValue>>,
}

impl ResourcePolicy {
    /// Reads the `Policy` attribute; none and the empty text are a policy without statements.
    ///
    /// # Errors
    /// When the text is not a JSON object whose `Statement` is an object or a list of objects.
    pub fn read(text: Option<&str>) -> Result<Self, PolicyUnreadable> {
        let text = text.unwrap_or_default();
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let unreadable = |error: serde_json::Error| PolicyUnreadable { reason: error.to_string() };
        let mut rest: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).map_err(unreadable)?;
        let statements: Vec<Box<RawValue>> = match rest.remove("Statement") {
            None => Vec::new(),
            Some(one) if one.get().starts_with('{') => vec![one],
            Some(list) => serde_json::from_str(list.get()).map_err(unreadable)?,
        };
        if statements.iter().any(|statement| !statement.get().starts_with('{')) {
            return Err(PolicyUnreadable { reason: "a statement is not a JSON object".to_owned() });
        }
        Ok(Self { rest, statements })
    }

    /// The same policy with Waybill's own statement for `grant`; an older one under the same id is replaced.
    #[must_use]
    pub fn allowing(self, grant: &impl Right) -> Self {
        let own = to_raw_value(&grant.statement()).expect("a JSON value is always written");
        let mut policy = self.without(&grant.sid());
        policy.rest.entry("Version".to_owned()).or_insert_with(|| to_raw_value("2012-10-17").expect("a text is always written"));
        policy.statements.push(own);
        policy
    }

    /// The same policy without the statement `sid`.
    #[must_use]
    pub fn without(mut self, sid: &str) -> Self {
        self.statements.retain(|statement| sid_of(statement).as_deref() != Some(sid));
        self
    }

    /// Whether the statement `sid` is there.
    pub fn has(&self, sid: &str) -> bool {
        self.statements.iter().any(|statement| sid_of(statement).as_deref() == Some(sid))
    }

    /// How many statements there are.
    pub fn count(&self) -> usize {
        self.statements.len()
    }

    /// The `Policy` attribute to write; empty when no statement is left, which removes the policy (SQS API).
    pub fn text(&self) -> String {
        if self.statements.is_empty() {
            return String::new();
        }
        let mut whole = self.rest.clone();
        whole.insert("Statement".to_owned(), to_raw_value(&self.statements).expect("JSON texts are always written"));
        serde_json::to_string(&whole).expect("JSON texts under text keys are always written")
    }

    fn values(&self) -> impl Iterator<Item = Value> {
        self.statements.iter().filter_map(|statement| serde_json::from_str(statement.get()).ok())
    }
}

fn sid_of(statement: &RawValue) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct OnlySid {
        #[serde(rename = "Sid")]
        sid: Option<String>,
    }
    serde_json::from_str::<OnlySid>(statement.get()).ok()?.sid
}

#[cfg(test)]
pub(crate) mod tests {
    use waybill_domain::{QueueArn, RuleArn};

    use super::*;

    pub(crate) fn grant() -> Grant {
        Grant {
            rule: RuleArn::from_aws("arn:aws:events:eu-central-1:123456789012:rule/aws.partner/ilert.com/test/1/all"),
            queue: QueueArn::from_aws("arn:aws:sqs:eu-central-1:123456789012:incidents"),
        }
    }

    const OWNER: &str = r#"{"Sid":"__owner_statement","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"SQS:*","Resource":"arn:aws:sqs:eu-central-1:123456789012:incidents", "Note": 1.0}"#;

    #[test]
    fn a_foreign_statement_is_kept_to_the_letter() {
        let text = format!(r#"{{"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{OWNER}]}}"#);
        let merged = ResourcePolicy::read(Some(&text)).unwrap().allowing(&grant());
        assert!(merged.text().contains(OWNER), "{} keeps the owner's statement", merged.text());
        assert!(merged.text().contains(r#""Version":"2008-10-17""#), "the policy's own version stays");
        assert!(merged.text().contains("__default_policy_ID"));
        assert_eq!(merged.count(), 2);
    }

    #[test]
    fn merging_twice_is_the_same_as_once() {
        let once = ResourcePolicy::default().allowing(&grant());
        let twice = ResourcePolicy::read(Some(&once.text())).unwrap().allowing(&grant());
        assert_eq!(once.text(), twice.text());
        assert!(twice.has(&grant().sid()));
    }

    #[test]
    fn removing_takes_only_the_own_statement() {
        let before = format!(r#"{{"Statement":{OWNER}}}"#);
        let merged = ResourcePolicy::read(Some(&before)).unwrap().allowing(&grant());
        let after = merged.without(&grant().sid());
        assert_eq!(after.count(), 1, "a single foreign statement outside a list is kept too");
        assert!(after.text().contains(OWNER));
        let own_only = ResourcePolicy::default().allowing(&grant()).without(&grant().sid());
        assert_eq!(own_only.text(), "", "nothing left: the attribute is removed");
    }

    #[test]
    fn an_unreadable_policy_is_refused() {
        for text in ["{", "[]", "7", r#"{"Statement":7}"#, r#"{"Statement":["x"]}"#] {
            assert!(ResourcePolicy::read(Some(text)).is_err(), "{text} must not be replaced by a guess");
        }
        for text in [None, Some(""), Some("  "), Some("{}")] {
            assert_eq!(ResourcePolicy::read(text).unwrap().count(), 0, "{text:?} has no statements");
        }
    }

    #[test]
    fn rules_of_one_name_on_two_buses_have_their_own_statements() {
        let other = Grant { rule: RuleArn::from_aws("arn:aws:events:eu-central-1:123456789012:rule/aws.partner/x/2/all"), ..grant() };
        assert_ne!(grant().sid(), other.sid());
        let dotted = Grant { rule: RuleArn::from_aws("arn:aws:events:eu-central-1:123456789012:rule/my.rule_1"), ..grant() };
        assert!(dotted.sid().starts_with("waybill-") && !dotted.sid().contains('.') && !dotted.sid().contains('/'), "{}", dotted.sid());
    }
}
