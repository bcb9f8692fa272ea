//! One key.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::policy::{Policy, Request};

/// A key as it is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyRow {
    /// Who owns it.
    pub(crate) account: String,
    /// Where it lies.
    pub(crate) region: String,
    /// A UUID.
    pub(crate) id: String,
    /// What it is for.
    pub(crate) description: String,
    /// The policy's text.
    pub(crate) policy: String,
    /// When it was made, in milliseconds since 1970.
    pub(crate) created_ms: i64,
    /// AWS's own key for SQS: nobody can change its policy.
    #[serde(default)]
    pub(crate) managed: bool,
    /// Whether it can be used.
    #[serde(default)]
    pub(crate) state: KeyState,
    /// When it is to be deleted, in milliseconds since 1970.
    #[serde(default)]
    pub(crate) deletion_ms: Option<i64>,
}

/// Whether a key can be used (`KeyState`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum KeyState {
    /// It can.
    #[default]
    Enabled,
    /// It was disabled.
    Disabled,
    /// It waits for its deletion.
    PendingDeletion,
}

impl KeyState {
    /// The word of the API.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::PendingDeletion => "PendingDeletion",
        }
    }
}

impl KeyRow {
    /// Its ARN.
    pub(crate) fn arn(&self) -> String {
        arn(&self.region, &self.account, &self.id)
    }

    /// The key behind `alias/aws/sqs`, with the policy that AWS gives it: whoever may use SQS in this account, through SQS.
    pub(crate) fn of_sqs(region: &str, account: &str) -> Self {
        let via = format!("sqs.{region}.amazonaws.com");
        let policy = json!({"Version": "2012-10-17", "Id": "auto-sqs-1", "Statement": [
            {"Sid": "Allow access through Simple Queue Service (SQS) for all principals in the account that are authorized to use Simple Queue Service (SQS)",
             "Effect": "Allow", "Principal": {"AWS": "*"},
             "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:DescribeKey"],
             "Resource": "*", "Condition": {"StringEquals": {"kms:CallerAccount": account, "kms:ViaService": via}}},
            {"Sid": "Allow direct access to key metadata to the account",
             "Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{account}:root")},
             "Action": ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"], "Resource": "*"}]});
        Self {
            account: account.to_owned(),
            region: region.to_owned(),
            id: sqs_key_id(region, account),
            description: "Default key that protects my SQS messages when no other key is defined".to_owned(),
            policy: policy.to_string(),
            created_ms: 0,
            managed: true,
            state: KeyState::Enabled,
            deletion_ms: None,
        }
    }

    /// Whether its policy lets this request in.
    pub(crate) fn admits(&self, request: &Request<'_>) -> bool {
        Policy::read(&self.policy).is_some_and(|policy| policy.allows(request))
    }

    /// The `KeyMetadata` shape.
    pub(crate) fn describe(&self) -> Value {
        let mut told = json!({
            "AWSAccountId": self.account,
            "KeyId": self.id,
            "Arn": self.arn(),
            "CreationDate": self.created_ms.div_euclid(1000),
            "Enabled": self.state == KeyState::Enabled,
            "Description": self.description,
            "KeyUsage": "ENCRYPT_DECRYPT",
            "KeyState": self.state.as_str(),
            "Origin": "AWS_KMS",
            "KeyManager": if self.managed { "AWS" } else { "CUSTOMER" },
            "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
            "KeySpec": "SYMMETRIC_DEFAULT",
            "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"],
            "MultiRegion": false,
        });
        if let Some(at) = self.deletion_ms {
            told["DeletionDate"] = json!(at.div_euclid(1000));
        }
        told
    }
}

/// The ARN of a key.
pub(super) fn arn(region: &str, account: &str, id: &str) -> String {
    format!("arn:aws:kms:{region}:{account}:key/{id}")
}

/// The policy of a key that was made without one (KMS developer guide, default key policy).
pub(super) fn default_policy(account: &str) -> String {
    let root = format!("arn:aws:iam::{account}:root");
    let statement =
        json!({"Sid": "Enable IAM User Permissions", "Effect": "Allow", "Principal": {"AWS": root}, "Action": "kms:*", "Resource": "*"});
    json!({"Version": "2012-10-17", "Id": "key-default-1", "Statement": [statement]}).to_string()
}

/// Always the same for an account and region.
fn sqs_key_id(region: &str, account: &str) -> String {
    let digest = Sha256::digest(format!("{region}/{account}/alias/aws/sqs"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}
