//! Further access keys of the customer, each with an identity policy that says what it may do.
//!
//! A small part of IAM: `Allow` and `Deny`, `Action`, `NotAction`, `Resource` and `NotResource` with wildcards, and conditions on
//! `events:TargetArn`. A policy with anything else is refused, never half obeyed. The customer's own key stands for an administrator and is not checked.

mod order;
mod policy;
mod resource;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub(crate) use order::Order;
pub(crate) use policy::IdentityPolicy;

use crate::call::Call;
use crate::error::ApiError;
use crate::server::Identity;
use crate::state::{DatabaseError, Saved};

const USER_TABLE: &str = "iam_user";

/// The tables of this service.
pub(crate) const TABLES: &[&str] = &[USER_TABLE];

/// The further access keys, by their ids.
#[derive(Debug, Default)]
pub(crate) struct Users(BTreeMap<String, Arc<Identity>>);

/// A key as it is saved.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct UserRow {
    account: String,
    secret: String,
    policy: String,
    /// The session of temporary credentials; lasting ones have none.
    #[serde(default)]
    session: Option<Session>,
}

/// What makes credentials temporary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    /// The token that every request carries.
    pub(crate) token: String,
    /// When they end, in milliseconds since 1970.
    pub(crate) expires_ms: i64,
}

impl UserRow {
    fn identity(&self, access_key: &str) -> Option<Arc<Identity>> {
        let policy = IdentityPolicy::read(&self.policy).ok()?;
        let limited = Identity::limited((&self.account, access_key, &self.secret), policy);
        Some(Arc::new(Identity { session: self.session.clone(), ..limited }))
    }
}

impl Users {
    /// The keys of the last run of this account.
    ///
    /// # Errors
    /// When the rows cannot be read.
    pub(crate) fn restore(account: &str, saved: &Saved<'_>) -> Result<Self, DatabaseError> {
        let rows = saved.rows::<UserRow>(USER_TABLE)?.into_iter().filter(|(_, row)| row.account == account);
        Ok(Self(rows.filter_map(|(key, row)| row.identity(&key).map(|identity| (key, identity))).collect()))
    }

    /// The identity that owns this access key.
    pub(crate) fn with_key(&self, access_key: &str) -> Option<Arc<Identity>> {
        self.0.get(access_key).cloned()
    }
}

/// Whether the caller's policy, where it has one, lets this request through.
///
/// # Errors
/// `AccessDeniedException`, in AWS's words.
pub(crate) fn check(identity: &Identity, (service, operation): (&str, &str), call: &Call<'_>) -> Result<(), ApiError> {
    let Some(policy) = &identity.policy else { return Ok(()) };
    // Everybody may ask who he is (STS API reference, `GetCallerIdentity`).
    if service == "sts" {
        return Ok(());
    }
    // CloudWatch is `monitoring` in signatures only.
    let service = if service == "monitoring" { "cloudwatch" } else { service };
    let (resource, targets) = (resource::named((service, operation), call), resource::targets(operation, call));
    for action in resource::actions((service, operation), call) {
        let question = policy::Question { action: &action, resource: &resource, targets: &targets, now_ms: call.now_ms };
        let because = match policy.answer(question) {
            policy::Answer::Allowed => continue,
            policy::Answer::Denied => "with an explicit deny in an identity-based policy".to_owned(),
            policy::Answer::NotAllowed => format!("because no identity-based policy allows the {action} action"),
        };
        let who = call.caller.arn();
        return Err(ApiError::access_denied(format!(
            "User: {who} is not authorized to perform: {action} on resource: {resource} {because}"
        )));
    }
    Ok(())
}
