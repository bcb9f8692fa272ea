//! How requests travel: time-outs, retries, and what the configuration of each connection is.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{AppName, BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;

use crate::{EndpointUrls, KeyPair, credentials, pace};

/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// How long one attempt may take.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(6);

/// How long a request may take with all its attempts: whoever waits for it is told within 15 s.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(12);

/// How long an attempt to receive messages may take; longer than the longest long poll of SQS, 20 s.
const LONG_POLL_TIMEOUT: Duration = Duration::from_secs(30);

/// How often a request is tried in all; publishing is tried once (see [`crate::once`]).
const ATTEMPTS: u32 = 3;

pub(crate) fn timeouts() -> TimeoutConfig {
    let timeouts = TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT).operation_attempt_timeout(ATTEMPT_TIMEOUT);
    timeouts.operation_timeout(OPERATION_TIMEOUT).build()
}

/// How a receive travels: once, since a lost answer may have taken messages along, which must be seen as the gap it is and not be hidden
/// by another attempt; and for as long as a long poll takes.
pub fn long_poll() -> aws_sdk_sqs::config::Builder {
    let timeouts = TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT).operation_attempt_timeout(LONG_POLL_TIMEOUT);
    let timeouts = timeouts.operation_timeout(LONG_POLL_TIMEOUT).build();
    aws_sdk_sqs::Config::builder().retry_config(RetryConfig::disabled()).timeout_config(timeouts)
}

fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(ATTEMPTS)
}

/// The same, slowing down by itself where AWS throttles.
fn adaptive_retries() -> RetryConfig {
    RetryConfig::adaptive().with_max_attempts(ATTEMPTS)
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
pub(crate) async fn configured(region: Region, profile: Option<&str>, urls: &EndpointUrls) -> SdkConfig {
    let chain = credentials::chain(&region, profile).await;
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(pace::https(region.as_ref()))
        .region(region)
        .credentials_provider(chain)
        .timeout_config(timeouts())
        .retry_config(adaptive_retries())
        .app_name(app_name());
    if let Some(profile) = profile {
        loader = loader.profile_name(profile);
    }
    if let Some(endpoint) = &urls.all {
        loader = loader.endpoint_url(endpoint);
    }
    loader.load().await
}
