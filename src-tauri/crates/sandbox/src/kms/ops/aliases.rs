//! `CreateAlias` and `DeleteAlias`: other names of a key.

use serde::Deserialize;

use super::{key_by_id, required};
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Create {
    alias_name: Option<String>,
    target_key_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Delete {
    alias_name: Option<String>,
}

/// Answers nothing.
pub(super) fn create(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Create = call.input()?;
    let alias = arn(input.alias_name.as_deref(), call)?;
    let key = key_by_id(&world.kms, call, (input.target_key_id.as_deref(), "kms:CreateAlias"))?.arn();
    world.kms.name(alias, key, journal)?;
    Ok(Outcome::empty())
}

/// Answers nothing.
pub(super) fn delete(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Delete = call.input()?;
    let alias = arn(input.alias_name.as_deref(), call)?;
    world.kms.unname(&alias, journal)?;
    Ok(Outcome::empty())
}

/// The ARN of an alias; those of AWS's own keys cannot be made or taken away.
fn arn(name: Option<&str>, call: &Call<'_>) -> Result<String, ApiError> {
    let name = name.ok_or_else(|| required("aliasName"))?;
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "/_-".contains(c);
    match name.strip_prefix("alias/") {
        Some(rest) if !rest.is_empty() && rest.chars().all(is_letter) && name.len() <= 256 => {}
        _ => {
            return Err(ApiError::sender(
                "InvalidAliasNameException",
                "Alias must start with the prefix \"alias/\". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html",
            ));
        }
    }
    if name.starts_with("alias/aws/") {
        return Err(ApiError::sender("NotAuthorizedException", ""));
    }
    Ok(format!("arn:aws:kms:{}:{}:{name}", call.region, call.caller.account))
}
