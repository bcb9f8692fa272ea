//! Credentials of real AWS: the SDK's own chain, made quick where there are none.

use std::time::Duration;

use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::imds;
use aws_config::sts::AssumeRoleProvider;
use aws_config::{Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;

/// How long the instance metadata address may take; on a machine that is no EC2 instance nobody answers there.
const METADATA_TIMEOUT: Duration = Duration::from_millis(500);

/// The name under which an assumed role shows up in CloudTrail.
const SESSION: &str = "waybill";

/// Environment, profile, web identity, container and instance role, in the SDK's order.
pub(crate) async fn chain(region: &Region, profile: Option<&str>) -> SharedCredentialsProvider {
    let metadata = imds::Client::builder()
        .connect_timeout(METADATA_TIMEOUT)
        .read_timeout(METADATA_TIMEOUT)
        .operation_timeout(2 * METADATA_TIMEOUT)
        .max_attempts(1)
        .build();
    let mut builder = DefaultCredentialsChain::builder().region(region.clone()).imds_client(metadata);
    if let Some(profile) = profile {
        builder = builder.profile_name(profile);
    }
    SharedCredentialsProvider::new(builder.build().await)
}

/// The credentials of a role that the chain's credentials assume.
pub(crate) async fn role(role_arn: &str, config: &SdkConfig, chain: SharedCredentialsProvider) -> SharedCredentialsProvider {
    let provider = AssumeRoleProvider::builder(role_arn).session_name(SESSION).configure(config).build_from_provider(chain).await;
    SharedCredentialsProvider::new(provider)
}
