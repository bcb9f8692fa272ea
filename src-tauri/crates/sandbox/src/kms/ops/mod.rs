//! The operations, one file each.

mod aliases;
mod create_key;
mod describe_key;
mod get_key_policy;
mod put_key_policy;
mod state;

use std::borrow::Cow;

use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::kms::KeyRing;
use crate::kms::key::KeyRow;
use crate::policy::{Context, Principal, Request};
use crate::state::{Journal, World};

type Handler = fn(&mut World, &Call<'_>, &mut Journal) -> Result<Outcome, ApiError>;

/// The operations that the sandbox serves, by name.
const OPERATIONS: &[(&str, Handler)] = &[
    ("CancelKeyDeletion", state::cancel_deletion),
    ("CreateAlias", aliases::create),
    ("CreateKey", create_key::handle),
    ("DeleteAlias", aliases::delete),
    ("DescribeKey", describe_key::handle),
    ("DisableKey", state::disable),
    ("EnableKey", state::enable),
    ("GetKeyPolicy", get_key_policy::handle),
    ("PutKeyPolicy", put_key_policy::handle),
    ("ScheduleKeyDeletion", state::schedule_deletion),
];

/// One of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation(Handler);

impl Operation {
    /// The operation of an `X-Amz-Target`, without its prefix.
    pub(crate) fn named(name: &str) -> Option<Self> {
        OPERATIONS.iter().find(|(other, _)| *other == name).map(|&(_, handler)| Self(handler))
    }

    /// Every operation, for the page that lists them.
    #[cfg(test)]
    pub(crate) fn names() -> Vec<&'static str> {
        OPERATIONS.iter().map(|(name, _)| *name).collect()
    }

    /// Runs it.
    ///
    /// # Errors
    /// The operation's own.
    pub(crate) fn run(self, world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
        self.0(world, call, journal)
    }
}

/// The only policy that a key has.
const POLICY_NAME: &str = "default";

/// The key that a request names, if the caller may do this to it; the key's account may do everything.
fn key<'a>(ring: &'a KeyRing, call: &Call<'_>, (id, action): (Option<&str>, &str)) -> Result<Cow<'a, KeyRow>, ApiError> {
    let id = id.ok_or_else(|| required("keyId"))?;
    let account = &*call.caller.account;
    let key = ring.find((call.region, account), id)?;
    let arn = key.arn();
    let keys = [("aws:principalaccount", account), ("aws:securetransport", "true"), ("kms:calleraccount", account)];
    let context = Context { keys: &keys, now_ms: call.now_ms };
    if key.account == account || key.admits(&Request { principal: Principal::Account(account), action, resource: &arn, context }) {
        return Ok(key);
    }
    let user = call.caller.arn();
    Err(ApiError::access_denied(format!(
        "User: {user} is not authorized to perform: {action} on resource: {arn} because no resource-based policy allows the {action} action"
    )))
}

/// The same, for an operation that takes no alias (KMS API reference, `KeyId`).
fn key_by_id<'a>(ring: &'a KeyRing, call: &Call<'_>, (id, action): (Option<&str>, &str)) -> Result<Cow<'a, KeyRow>, ApiError> {
    match id {
        Some(alias) if alias.starts_with("alias/") || alias.contains(":alias/") => {
            Err(super::not_found(format!("Invalid keyId '{alias}'")))
        }
        _ => key(ring, call, (id, action)),
    }
}

fn check_policy_name(name: Option<&str>) -> Result<(), ApiError> {
    match name {
        None | Some(POLICY_NAME) => Ok(()),
        Some(_) => Err(super::not_found("No such policy exists".to_owned())),
    }
}

fn required(member: &str) -> ApiError {
    let message = format!("1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null");
    ApiError::validation(message)
}
