//! `PutKeyPolicy`: replaces the policy of a key.

use serde::Deserialize;

use super::{check_policy_name, key_by_id, required};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::kms::key::KeyRow;
use crate::policy::{Context, Policy, Principal, Request};
use crate::state::{Journal, World};

/// Bytes of a policy at most (KMS quota).
const LONGEST: usize = 32 * 1024;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    key_id: Option<String>,
    policy_name: Option<String>,
    policy: Option<String>,
    #[serde(default)]
    bypass_policy_lockout_safety_check: bool,
}

/// Answers nothing.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let key = key_by_id(&world.kms, call, (input.key_id.as_deref(), "kms:PutKeyPolicy"))?.into_owned();
    check_policy_name(input.policy_name.as_deref())?;
    let policy = input.policy.ok_or_else(|| required("policy"))?;
    if key.managed {
        return Err(ApiError::access_denied(format!("The policy of {} is AWS's own.", key.arn())));
    }
    check_policy(&key, &policy, (call, input.bypass_policy_lockout_safety_check))?;
    world.kms.keep(KeyRow { policy, ..key }, journal);
    Ok(Outcome::empty())
}

/// A policy must be one, and let the caller change it again (unless asked not to look).
pub(super) fn check_policy(key: &KeyRow, policy: &str, (call, bypass): (&Call<'_>, bool)) -> Result<(), ApiError> {
    let malformed = |message: &str| ApiError::sender("MalformedPolicyDocumentException", message);
    if policy.len() > LONGEST {
        return Err(ApiError::sender("LimitExceededException", "The key policy exceeds 32 kilobytes."));
    }
    let read = Policy::read(policy).ok_or_else(|| malformed("Policy document is malformed."))?;
    let (account, arn) = (&*call.caller.account, key.arn());
    let keys = [("aws:principalaccount", account), ("aws:securetransport", "true"), ("kms:calleraccount", account)];
    let context = Context { keys: &keys, now_ms: call.now_ms };
    let request = Request { principal: Principal::Account(account), action: "kms:PutKeyPolicy", resource: &arn, context };
    if !bypass && !read.allows(&request) {
        return Err(malformed("The new key policy will not allow you to update the key policy in the future."));
    }
    Ok(())
}
