//! Signing keys, derived once per day, region, service and identity.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};

use super::authorization::Authorization;
use crate::server::identity::Identity;

/// More scopes than this at once start afresh.
const KEPT: usize = 256;

/// Signing keys by access key and scope.
#[derive(Default)]
pub(crate) struct SigningKeys(Mutex<HashMap<(String, String), [u8; 32]>>);

impl SigningKeys {
    /// The signature that this identity would have made.
    pub(super) fn sign(&self, identity: &Identity, claim: &Authorization<'_>, signed_ms: i64, to_sign: &[u8]) -> String {
        let cached = (claim.access_key.to_owned(), claim.scope());
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() > KEPT {
            keys.clear();
        }
        let key = *keys.entry(cached).or_insert_with(|| derive(identity, claim, signed_ms));
        drop(keys);
        calculate_signature(key, to_sign)
    }
}

fn derive(identity: &Identity, claim: &Authorization<'_>, signed_ms: i64) -> [u8; 32] {
    let time = UNIX_EPOCH + Duration::from_millis(u64::try_from(signed_ms).unwrap_or(0));
    let key = generate_signing_key(identity.secret.reveal(), time, claim.region, claim.service);
    key.as_ref().try_into().expect("HMAC-SHA256 gives 32 bytes")
}
