//! How requests travel: time-outs, retries, and what the configuration of each connection is.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{AppName, BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;

use crate::{KeyPair, credentials};

/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// How long one attempt may take; longer than the longest long poll of SQS, 20 s.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);

/// How often a request is tried in all; publishing is tried once (see [`crate::once`]).
const ATTEMPTS: u32 = 3;

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT).operation_attempt_timeout(ATTEMPT_TIMEOUT).build()
}

fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(ATTEMPTS)
}

fn app_name() -> AppName {
    AppName::new("waybill").expect("the name has letters only")
}

/// The sandbox's configuration: nothing of the environment or the AWS files has a say in it, no proxy and no TLS lie between.
pub(crate) fn sandbox(endpoint: &str, region: Region) -> SdkConfig {
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(region)
        .endpoint_url(endpoint)
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .timeout_config(timeouts())
        .retry_config(retries())
        .app_name(app_name())
        .build()
}

/// The same configuration with an identity.
pub(crate) fn signed_by(config: &SdkConfig, keys: &KeyPair) -> SdkConfig {
    let credentials = Credentials::new(&keys.access_key_id, &keys.secret_access_key, None, None, "waybill sandbox");
    config.to_builder().credentials_provider(SharedCredentialsProvider::new(credentials)).build()
}

/// The configuration of AWS itself or of another endpoint, as the SDK reads it from environment and files.
pub(crate) async fn configured(region: Region, profile: Option<&str>, endpoint: Option<&str>) -> SdkConfig {
    let chain = credentials::chain(&region, profile).await;
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .region(region)
        .credentials_provider(chain)
        .timeout_config(timeouts())
        .retry_config(retries())
        .app_name(app_name());
    if let Some(profile) = profile {
        loader = loader.profile_name(profile);
    }
    if let Some(endpoint) = endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    loader.load().await
}
