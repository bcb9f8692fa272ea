//! The two identities that the sandbox knows.

use sha2::{Digest, Sha256};

use crate::call::{Caller, CallerKind};
use crate::config::{PARTNER_ACCOUNT_ID, SandboxConfig};

/// A caller and the secret that proves it.
#[derive(Debug)]
pub(crate) struct Identity {
    /// Who it is.
    pub(crate) caller: Caller,
    /// The secret access key.
    pub(crate) secret: Secret,
}

/// A secret that no log shows.
pub(crate) struct Secret(String);

impl Secret {
    /// The text itself, for signing.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Customer and partner.
#[derive(Debug)]
pub(crate) struct Identities([Identity; 2]);

impl Identities {
    /// Those of this configuration.
    pub(crate) fn of(config: &SandboxConfig) -> Self {
        let keys = &config.keys;
        let identity = |kind, account: &str, access_key: &str, secret: &str| Identity {
            caller: Caller { account: account.to_owned(), access_key: access_key.to_owned(), user_id: user_id(access_key), kind },
            secret: Secret(secret.to_owned()),
        };
        Self([
            identity(CallerKind::Customer, &config.account_id, &keys.access_key_id, &keys.secret_access_key),
            identity(CallerKind::Partner, PARTNER_ACCOUNT_ID, &keys.partner_access_key_id, &keys.partner_secret_access_key),
        ])
    }

    /// The identity that owns this access key.
    pub(crate) fn with_key(&self, access_key: &str) -> Option<&Identity> {
        self.0.iter().find(|identity| identity.caller.access_key == access_key)
    }
}

/// A unique id of AWS's form, always the same for a key.
fn user_id(access_key: &str) -> String {
    let digest = Sha256::digest(access_key);
    format!("AIDA{}", hex::encode_upper(&digest[..8]))
}
