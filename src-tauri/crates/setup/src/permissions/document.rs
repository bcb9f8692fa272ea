//! Identity policies as IAM writes them.

use serde_json::{Value, json};

/// An identity policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityPolicy(pub Vec<IdentityStatement>);

/// One statement: what it allows, and on what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityStatement {
    /// What it is for: letters and digits (IAM, `Sid`).
    pub sid: &'static str,
    /// IAM actions.
    pub actions: Vec<&'static str>,
    /// ARNs, or `*` where AWS knows no resource of the action.
    pub resources: Vec<String>,
    /// What else must hold.
    pub(super) condition: Option<Condition>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) operator: &'static str,
    pub(super) key: &'static str,
    pub(super) values: Vec<String>,
}

/// A statement without a condition.
pub(super) fn allow<R: IntoIterator<Item = String>>(sid: &'static str, actions: &[&'static str], resources: R) -> IdentityStatement {
    IdentityStatement { sid, actions: actions.to_vec(), resources: resources.into_iter().collect(), condition: None }
}

impl IdentityPolicy {
    /// The policy's document, as IAM takes it.
    pub fn document(&self) -> Value {
        json!({ "Version": "2012-10-17", "Statement": self.0.iter().map(IdentityStatement::document).collect::<Vec<_>>() })
    }

    /// Every action that it allows, once.
    pub fn actions(&self) -> Vec<&'static str> {
        let mut actions: Vec<_> = self.0.iter().flat_map(|statement| statement.actions.iter().copied()).collect();
        actions.sort_unstable();
        actions.dedup();
        actions
    }
}

impl IdentityStatement {
    fn document(&self) -> Value {
        let mut document = json!({ "Sid": self.sid, "Effect": "Allow", "Action": self.actions, "Resource": self.resources });
        if let Some(Condition { operator, key, values }) = &self.condition {
            document["Condition"] = json!({ *operator: { *key: values } });
        }
        document
    }
}
