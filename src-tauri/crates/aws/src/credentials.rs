//! Credentials of real AWS: the SDK's own chain, made quick where there are none.

use std::time::Duration;

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};

use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::imds;
use aws_config::sts::AssumeRoleProvider;
use aws_config::{Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;

/// How long the instance metadata address may take; on a machine that is no EC2 instance nobody answers there.
const METADATA_TIMEOUT: Duration = Duration::from_millis(500);

/// How long all of the chain may take, a `credential_process` that asks somebody included; less than an attempt's time-out, so that
/// credentials that never come are told from a request whose outcome is unknown.
const LIMIT: Duration = Duration::from_secs(20);

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
    SharedCredentialsProvider::new(Within { limit: LIMIT, provider: builder.build().await })
}

/// The credentials of a role that the chain's credentials assume.
pub(crate) async fn role(role_arn: &str, config: &SdkConfig, chain: SharedCredentialsProvider) -> SharedCredentialsProvider {
    let provider = AssumeRoleProvider::builder(role_arn).session_name(SESSION).configure(config).build_from_provider(chain).await;
    SharedCredentialsProvider::new(Within { limit: LIMIT, provider })
}

/// Credentials that must come within a time limit.
#[derive(Debug)]
struct Within<P> {
    limit: Duration,
    provider: P,
}

impl<P: ProvideCredentials> ProvideCredentials for Within<P> {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let limit = self.limit;
        let provided = tokio::time::timeout(limit, self.provider.provide_credentials());
        future::ProvideCredentials::new(async move { provided.await.unwrap_or_else(|_| Err(CredentialsError::provider_timed_out(limit))) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Silent;

    impl ProvideCredentials for Silent {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::new(std::future::pending())
        }
    }

    #[tokio::test]
    async fn credentials_that_never_come_are_an_error_of_credentials() {
        let provider = Within { limit: Duration::from_millis(1), provider: Silent };
        assert!(matches!(provider.provide_credentials().await, Err(CredentialsError::ProviderTimedOut(_))));
    }
}
