//! What a sandbox is started with.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::Keys;
use crate::sqs::TAKEN_MS;

/// The account of the partner that the sandbox plays (iLert).
pub const PARTNER_ACCOUNT_ID: &str = "098765432109";

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Whether a partner event bus takes a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PartnerBusPermissions {
    /// `PutPermission` is refused, as on today's AWS (user guide, eb-saas).
    #[default]
    Today,
    /// `PutPermission` is accepted, as the console of mid-2021 did.
    Year2021,
}

/// What a sandbox is started with.
#[derive(Debug, Clone)]
pub struct SandboxConfig {
    /// Where `sandbox.db` lies; none keeps everything in memory only.
    pub data_dir: Option<PathBuf>,
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// The one customer account: twelve digits, not the partner's.
    pub account_id: String,
    /// The region told to newcomers; every region is served.
    pub region: String,
    /// Whether a partner event bus takes a policy.
    pub partner_bus_permissions: PartnerBusPermissions,
    /// The two identities' keys.
    pub keys: Keys,
    /// How long a partner event source may stay PENDING before it expires, in milliseconds.
    pub pending_expiry_ms: i64,
    /// How long the name of a deleted queue stays taken, in milliseconds; 60,000 on AWS.
    pub deleted_queue_name_ms: i64,
}

impl SandboxConfig {
    /// In memory, on a free port of 127.0.0.1, with new keys.
    #[must_use]
    pub fn ephemeral() -> Self {
        Self {
            data_dir: None,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            account_id: "123456789012".into(),
            region: "eu-central-1".into(),
            partner_bus_permissions: PartnerBusPermissions::Today,
            keys: Keys::generate(),
            pending_expiry_ms: 14 * DAY_MS,
            deleted_queue_name_ms: TAKEN_MS,
        }
    }
}

/// The organization that this account is the management account of; always the same for an account.
#[must_use]
pub fn organization_id(account_id: &str) -> String {
    let digest = Sha256::digest(format!("waybill organization {account_id}"));
    format!("o-{}", hex::encode(&digest[..5]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organization_id_has_awss_form_and_belongs_to_its_account() {
        let id = organization_id("123456789012");
        assert_eq!(id.len(), 12, "{id}: o- and ten characters");
        assert!(id.starts_with("o-") && id[2..].chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
        assert_eq!(id, organization_id("123456789012"), "stable");
        assert_ne!(id, organization_id("123456789013"), "one per account");
    }
}
