//! `EnableKey`, `DisableKey`, `ScheduleKeyDeletion` and `CancelKeyDeletion`: whether a key can be used.

use serde::Deserialize;
use serde_json::json;

use super::key_by_id;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::kms::KeyState;
use crate::kms::key::KeyRow;
use crate::state::{Journal, World};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Days until a deletion, where the caller names none (KMS API reference, `ScheduleKeyDeletion`).
const DEFAULT_DAYS: i64 = 30;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct OfKey {
    key_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Schedule {
    key_id: Option<String>,
    pending_window_in_days: Option<i64>,
}

/// Answers nothing.
pub(super) fn enable(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    switch(world, (call, journal), ("kms:EnableKey", KeyState::Enabled))
}

/// Answers nothing.
pub(super) fn disable(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    switch(world, (call, journal), ("kms:DisableKey", KeyState::Disabled))
}

fn switch(world: &mut World, (call, journal): (&Call<'_>, &mut Journal), (action, state): (&str, KeyState)) -> Result<Outcome, ApiError> {
    let input: OfKey = call.input()?;
    let key = own(world, call, (input.key_id.as_deref(), action))?;
    if key.state == KeyState::PendingDeletion {
        return Err(invalid_state(&key));
    }
    world.kms.keep(KeyRow { state, ..key }, journal);
    Ok(Outcome::empty())
}

/// Answers when it will be gone. It stays as long as the sandbox does.
pub(super) fn schedule_deletion(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: Schedule = call.input()?;
    let days = input.pending_window_in_days.unwrap_or(DEFAULT_DAYS);
    if !(7..=30).contains(&days) {
        return Err(ApiError::validation("PendingWindowInDays must be between 7 and 30 days."));
    }
    let key = own(world, call, (input.key_id.as_deref(), "kms:ScheduleKeyDeletion"))?;
    if key.state == KeyState::PendingDeletion {
        return Err(invalid_state(&key));
    }
    let at = call.now_ms + days * DAY_MS;
    let answer =
        json!({ "KeyId": key.arn(), "DeletionDate": at.div_euclid(1000), "KeyState": "PendingDeletion", "PendingWindowInDays": days });
    world.kms.keep(KeyRow { state: KeyState::PendingDeletion, deletion_ms: Some(at), ..key }, journal);
    Ok(Outcome::json(&answer))
}

/// Answers the key's ARN; it is disabled then.
pub(super) fn cancel_deletion(world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
    let input: OfKey = call.input()?;
    let key = own(world, call, (input.key_id.as_deref(), "kms:CancelKeyDeletion"))?;
    if key.state != KeyState::PendingDeletion {
        let message = format!("{} is not pending deletion.", key.arn());
        return Err(ApiError::sender("KMSInvalidStateException", message));
    }
    let answer = json!({ "KeyId": key.arn() });
    world.kms.keep(KeyRow { state: KeyState::Disabled, deletion_ms: None, ..key }, journal);
    Ok(Outcome::json(&answer))
}

/// A key that is not AWS's own.
fn own(world: &World, call: &Call<'_>, named: (Option<&str>, &str)) -> Result<KeyRow, ApiError> {
    let key = key_by_id(&world.kms, call, named)?.into_owned();
    match key.managed {
        true => Err(ApiError::access_denied(format!("{} is AWS's own.", key.arn()))),
        false => Ok(key),
    }
}

fn invalid_state(key: &KeyRow) -> ApiError {
    ApiError::sender("KMSInvalidStateException", format!("{} is pending deletion.", key.arn()))
}
