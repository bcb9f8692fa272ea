//! `DescribeKey`.

use serde::Deserialize;
use serde_json::json;

use super::key;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, World};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Input {
    key_id: Option<String>,
}

/// Answers the key's metadata.
pub(super) fn handle(world: &mut World, call: &Call<'_>, _: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Input = call.input()?;
    let key = key(&world.kms, call, (input.key_id.as_deref(), "kms:DescribeKey"))?;
    Ok(Outcome::json(&json!({"KeyMetadata": key.describe()})))
}
