//! AWS KMS (JSON 1.1), as far as queues need it: keys with their policies. Nothing is encrypted here.

mod key;
mod keys;
mod ops;

pub(crate) use key::KeyState;
pub(crate) use keys::{KeyRing, Refusal, Use};
pub(crate) use ops::Operation;

use crate::error::ApiError;

const KEY_TABLE: &str = "kms_key";
const ALIAS_TABLE: &str = "kms_alias";

/// The tables of this service.
pub(crate) const TABLES: &[&str] = &[KEY_TABLE, ALIAS_TABLE];

fn not_found(message: String) -> ApiError {
    ApiError::sender("NotFoundException", message)
}
