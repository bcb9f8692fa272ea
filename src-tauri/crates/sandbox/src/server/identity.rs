//! The two identities that the sandbox knows.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::call::{Caller, CallerKind};
use crate::config::{PARTNER_ACCOUNT_ID, SandboxConfig};
use crate::iam::{IdentityPolicy, Session};

/// A caller and the secret that proves it.
#[derive(Debug)]
pub(crate) struct Identity {
    /// Who it is.
    pub(crate) caller: Caller,
    /// The secret access key.
    pub(crate) secret: Secret,
    /// What it may do; without one, everything.
    pub(crate) policy: Option<IdentityPolicy>,
    /// What makes its credentials temporary.
    pub(crate) session: Option<Session>,
}

impl Identity {
    /// A further key of the customer's account, which may do what its policy says.
    pub(crate) fn limited((account, access_key, secret): (&str, &str, &str), policy: IdentityPolicy) -> Self {
        Self { policy: Some(policy), ..Self::unlimited(CallerKind::Customer, (account, access_key, secret)) }
    }

    fn unlimited(kind: CallerKind, (account, access_key, secret): (&str, &str, &str)) -> Self {
        let caller = Caller { account: account.to_owned(), access_key: access_key.to_owned(), user_id: user_id(access_key), kind };
        Self { caller, secret: Secret(secret.to_owned()), policy: None, session: None }
    }
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
pub(crate) struct Identities([Arc<Identity>; 2]);

impl Identities {
    /// Those of this configuration.
    pub(crate) fn of(config: &SandboxConfig) -> Self {
        let keys = &config.keys;
        let customer = (config.account_id.as_str(), keys.access_key_id.as_str(), keys.secret_access_key.as_str());
        let partner = (PARTNER_ACCOUNT_ID, keys.partner_access_key_id.as_str(), keys.partner_secret_access_key.as_str());
        Self([Arc::new(Identity::unlimited(CallerKind::Customer, customer)), Arc::new(Identity::unlimited(CallerKind::Partner, partner))])
    }

    /// The identity that owns this access key.
    pub(crate) fn with_key(&self, access_key: &str) -> Option<Arc<Identity>> {
        self.0.iter().find(|identity| identity.caller.access_key == access_key).cloned()
    }
}

/// A unique id of AWS's form, always the same for a key.
fn user_id(access_key: &str) -> String {
    let digest = Sha256::digest(access_key);
    format!("AIDA{}", hex::encode_upper(&digest[..8]))
}
