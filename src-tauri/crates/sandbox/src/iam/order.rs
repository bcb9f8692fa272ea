//! Making and removing further access keys, through `/_waybill/users`.

use std::sync::Arc;

use http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{IdentityPolicy, Session, USER_TABLE, UserRow};
use crate::Keys;
use crate::call::{Call, Outcome};
use crate::error::ApiError;
use crate::state::{Journal, World};

const PATH: &str = "/_waybill/users";

/// What is asked.
#[derive(Debug)]
pub(crate) enum Order {
    /// Make a key that may do this, temporary where it says for how long.
    Add {
        /// What it may do.
        policy: String,
        /// For how many milliseconds it holds.
        valid_for_ms: Option<i64>,
    },
    /// Remove every further key.
    Clear,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Added {
    policy: Value,
    valid_for_ms: Option<i64>,
}

impl Order {
    /// The order of a request below `/_waybill/`; none where it is not for IAM.
    ///
    /// # Errors
    /// When it is, but cannot be read.
    pub(crate) fn read(method: &Method, path: &str, body: &[u8]) -> Result<Option<Self>, ApiError> {
        match (path, method) {
            (PATH, &Method::POST) => {
                let added: Added = serde_json::from_slice(body).map_err(|source| ApiError::serialization(source.to_string()))?;
                let policy = added.policy.to_string();
                IdentityPolicy::read(&policy).map_err(|source| ApiError::sender("MalformedPolicyDocument", source.to_string()))?;
                Ok(Some(Self::Add { policy, valid_for_ms: added.valid_for_ms }))
            }
            (PATH, &Method::DELETE) => Ok(Some(Self::Clear)),
            (PATH, _) => Err(ApiError::sender("MethodNotAllowed", "POST or DELETE.").with_status(405)),
            _ => Ok(None),
        }
    }

    /// Carries it out; answers the new key, or nothing.
    ///
    /// # Errors
    /// When the policy cannot be read.
    pub(crate) fn run(&self, world: &mut World, call: &Call<'_>, journal: &mut Journal) -> Result<Outcome, ApiError> {
        match self {
            Self::Add { policy, valid_for_ms } => {
                let keys = Keys::generate();
                let session = valid_for_ms.map(|ms| Session { token: keys.partner_secret_access_key, expires_ms: call.now_ms + ms });
                let (account, secret) = (world.settings.account_id.clone(), keys.secret_access_key);
                let row = UserRow { account, secret, policy: policy.clone(), session };
                let malformed = || ApiError::sender("MalformedPolicyDocument", "The policy cannot be read.");
                let identity: Arc<_> = row.identity(&keys.access_key_id).ok_or_else(malformed)?;
                journal.put(USER_TABLE, keys.access_key_id.clone(), &row);
                world.users.0.insert(keys.access_key_id.clone(), identity);
                let mut answer = json!({ "access_key_id": keys.access_key_id, "secret_access_key": row.secret });
                if let Some(session) = &row.session {
                    answer["session_token"] = session.token.clone().into();
                }
                Ok(Outcome::json(&answer))
            }
            Self::Clear => {
                for key in std::mem::take(&mut world.users.0).into_keys() {
                    journal.delete(USER_TABLE, key);
                }
                Ok(Outcome::empty())
            }
        }
    }
}
