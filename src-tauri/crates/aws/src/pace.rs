//! EventBridge's quotas, kept by waiting: requests beyond them leave a little later instead of being throttled.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::{Builder, ConnectorBuilder, tls};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

/// Requests that change or read buses, rules and targets: at most this many in any second, below the quota of 50 (EventBridge quotas,
/// "Control plane").
const CONTROL: Rate = Rate { per_second: 40, burst: 8 };

/// Requests that publish, at ten events each, where the region's quota is the smallest, 400 events a second (EventBridge quotas,
/// "PutEvents throttle limit in transactions per second").
const LEAST_PUBLISHING: u32 = 40;

/// The quotas of regions with more, in events a second (the same page).
const MORE: [(&str, u32); 17] = [
    ("us-east-1", 10_000),
    ("us-west-2", 10_000),
    ("eu-west-1", 10_000),
    ("us-east-2", 2_400),
    ("eu-central-1", 2_400),
    ("eu-south-2", 2_400),
    ("us-west-1", 1_200),
    ("ap-northeast-1", 1_200),
    ("ap-southeast-1", 1_200),
    ("ap-southeast-2", 1_200),
    ("eu-west-2", 1_200),
    ("ap-northeast-2", 600),
    ("ap-south-1", 600),
    ("ca-central-1", 600),
    ("eu-north-1", 600),
    ("eu-west-3", 600),
    ("sa-east-1", 600),
];

/// So many a second, of which some may leave at once.
#[derive(Debug, Clone, Copy)]
struct Rate {
    per_second: u32,
    burst: u32,
}

impl Rate {
    fn publishing(region: &str) -> Self {
        let quota = MORE.iter().find(|(name, _)| *name == region).map_or(LEAST_PUBLISHING, |(_, events)| events / 10);
        Self { per_second: quota, burst: (quota / 10).max(1) }
    }
}

/// Gives out the moments at which requests may leave.
#[derive(Debug)]
struct Bucket {
    rate: Rate,
    /// When the bucket is empty again if nothing more leaves.
    empty_at: Mutex<Option<Instant>>,
}

impl Bucket {
    const fn of(rate: Rate) -> Self {
        Self { rate, empty_at: Mutex::new(None) }
    }

    /// How long the next request waits.
    fn wait(&self, now: Instant) -> Duration {
        let each = Duration::from_secs(1) / self.rate.per_second;
        let mut empty_at = self.empty_at.lock().unwrap_or_else(PoisonError::into_inner);
        let at = empty_at.unwrap_or(now).max(now) + each;
        *empty_at = Some(at);
        at.saturating_duration_since(now).saturating_sub(each * self.rate.burst)
    }
}

/// The buckets of one region's EventBridge.
#[derive(Debug)]
struct Buckets {
    control: Bucket,
    publishing: Bucket,
}

impl Buckets {
    /// How long a request to EventBridge waits; the other services have no such quotas.
    fn wait(&self, request: &HttpRequest) -> Duration {
        match request.headers().get("x-amz-target").and_then(|target| target.strip_prefix("AWSEvents.")) {
            None => Duration::ZERO,
            Some("PutEvents" | "PutPartnerEvents") => self.publishing.wait(Instant::now()),
            Some(_) => self.control.wait(Instant::now()),
        }
    }
}

/// A client that waits where EventBridge would throttle.
#[derive(Debug, Clone)]
struct Paced {
    inner: SharedHttpClient,
    buckets: Arc<Buckets>,
}

#[derive(Debug, Clone)]
struct PacedConnector {
    inner: SharedHttpConnector,
    buckets: Arc<Buckets>,
}

/// The SDK's own HTTPS client (rustls, proxies as the environment says), within the quotas of a region.
pub(crate) fn https(region: &str) -> SharedHttpClient {
    let buckets = Buckets { control: Bucket::of(CONTROL), publishing: Bucket::of(Rate::publishing(region)) };
    let inner = Builder::new().build_with_connector_fn(|settings, components| {
        let provider = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::AwsLc);
        let mut connector = ConnectorBuilder::default().tls_provider(provider);
        connector.set_connector_settings(settings.cloned());
        if let Some(components) = components {
            connector.set_sleep_impl(components.sleep_impl());
        }
        connector.set_proxy_config(Some(ProxyConfig::from_env()));
        connector.build()
    });
    SharedHttpClient::new(Paced { inner, buckets: Arc::new(buckets) })
}

impl HttpClient for Paced {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(PacedConnector { inner, buckets: Arc::clone(&self.buckets) })
    }
}

impl HttpConnector for PacedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (inner, wait) = (self.inner.clone(), self.buckets.wait(&request));
        HttpConnectorFuture::new(async move {
            if !wait.is_zero() {
                tokio::time::sleep(wait).await;
            }
            inner.call(request).await
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_no_second_do_more_leave_than_the_quota_of_the_control_plane() {
        let (bucket, start) = (Bucket::of(CONTROL), Instant::now());
        let left: Vec<Duration> = (0..400).map(|_| bucket.wait(start)).collect();
        for first in 0..left.len() {
            let second = left[first..].iter().take_while(|at| **at < left[first] + Duration::from_secs(1)).count();
            assert!(second < 50, "{second} requests in the second after {:?}", left[first]);
        }
        assert_eq!(left[..8], [Duration::ZERO; 8], "a few leave at once");
    }

    #[test]
    fn after_a_rest_requests_leave_at_once_again() {
        let (bucket, start) = (Bucket::of(CONTROL), Instant::now());
        (0..100).for_each(|_| {
            bucket.wait(start);
        });
        assert_eq!(bucket.wait(start + Duration::from_secs(10)), Duration::ZERO);
    }

    #[test]
    fn publishing_keeps_to_the_quota_of_its_region() {
        for (region, requests) in [("us-east-1", 1000), ("eu-central-1", 240), ("af-south-1", 40), ("nowhere-1", 40)] {
            assert_eq!(Rate::publishing(region).per_second, requests, "{region}");
        }
    }
}
