//! `CreateKey`: a symmetric key of the caller's account.

use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::put_key_policy::check_policy;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::kms::key::{self, KeyRow, KeyState};
use crate::state::{Journal, World};

/// Characters of a description at most (service model).
const DESCRIPTION: usize = 8192;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    policy: Option<String>,
    #[serde(default)]
    description: String,
    key_usage: Option<String>,
    key_spec: Option<String>,
    customer_master_key_spec: Option<String>,
    origin: Option<String>,
    #[serde(default)]
    multi_region: bool,
    #[serde(default)]
    bypass_policy_lockout_safety_check: bool,
}

/// Answers the key's metadata.
pub(super) fn handle(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    check_kind(&input)?;
    let account = &*call.caller.account;
    let id = Uuid::new_v4().to_string();
    let policy = input.policy.unwrap_or_else(|| key::default_policy(account));
    let row = KeyRow {
        account: account.to_owned(),
        region: call.region.to_owned(),
        id,
        description: input.description,
        policy,
        created_ms: call.now_ms,
        managed: false,
        state: KeyState::Enabled,
        deletion_ms: None,
    };
    check_policy(&row, &row.policy, (call, input.bypass_policy_lockout_safety_check))?;
    let answer = json!({"KeyMetadata": row.describe()});
    world.kms.keep(row, journal);
    Ok(Outcome::json(&answer))
}

/// Queues take symmetric keys only, so there are no others here.
fn check_kind(input: &Input) -> Result<(), ApiError> {
    if input.description.chars().count() > DESCRIPTION {
        let sentence = "1 validation error detected: Value at 'description' failed to satisfy constraint: Member must have length less than or equal to 8192";
        return Err(ApiError::validation(sentence));
    }
    let is = |given: &Option<String>, only: &str| given.as_deref().is_none_or(|given| given == only);
    let spec = is(&input.key_spec, "SYMMETRIC_DEFAULT") && is(&input.customer_master_key_spec, "SYMMETRIC_DEFAULT");
    if spec && is(&input.key_usage, "ENCRYPT_DECRYPT") && is(&input.origin, "AWS_KMS") && !input.multi_region {
        return Ok(());
    }
    Err(ApiError::sender("UnsupportedOperationException", "The sandbox has symmetric encryption keys of one region only."))
}
