//! AWS Organizations (JSON 1.1).

use serde::Deserialize;
use serde_json::json;

use crate::call::{Call, CallerKind, Outcome};
use crate::config::organization_id;
use crate::error::ApiError;
use crate::state::World;

/// The operations that the sandbox serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    /// The caller's organization.
    DescribeOrganization,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoInput {}

impl Operation {
    /// Every operation, for the page that lists them.
    #[cfg(test)]
    pub(crate) const NAMES: &[&str] = &["DescribeOrganization"];

    /// The operation of an `X-Amz-Target`, without its prefix.
    pub(crate) fn named(name: &str) -> Option<Self> {
        (name == "DescribeOrganization").then_some(Self::DescribeOrganization)
    }

    /// Runs it.
    pub(crate) fn run(self, world: &World, call: &Call<'_>) -> Result<Outcome, ApiError> {
        match self {
            Self::DescribeOrganization => describe_organization(world, call),
        }
    }
}

/// The customer is the management account of its own organization; the partner is in none.
fn describe_organization(world: &World, call: &Call<'_>) -> Result<Outcome, ApiError> {
    let NoInput {} = call.input()?;
    if call.caller.kind == CallerKind::Partner {
        return Err(ApiError::sender("AWSOrganizationsNotInUseException", "Your account is not a member of an organization."));
    }
    let account = &world.settings.account_id;
    let id = organization_id(account);
    Ok(Outcome::json(&json!({"Organization": {
        "Id": id,
        "Arn": format!("arn:aws:organizations::{account}:organization/{id}"),
        "FeatureSet": "ALL",
        "MasterAccountArn": format!("arn:aws:organizations::{account}:account/{id}/{account}"),
        "MasterAccountId": account,
        "MasterAccountEmail": format!("account-{account}@example.com"),
        "AvailablePolicyTypes": [],
    }})))
}
