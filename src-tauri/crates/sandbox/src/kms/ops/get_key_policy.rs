//! `GetKeyPolicy`.

use serde::Deserialize;
use serde_json::json;

use super::{POLICY_NAME, check_policy_name, key_by_id};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    key_id: Option<String>,
    policy_name: Option<String>,
}

/// Answers the policy's text.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let key = key_by_id(&world.kms, call, (input.key_id.as_deref(), "kms:GetKeyPolicy"))?;
    check_policy_name(input.policy_name.as_deref())?;
    Ok(Outcome::json(&json!({"Policy": key.policy, "PolicyName": POLICY_NAME})))
}
