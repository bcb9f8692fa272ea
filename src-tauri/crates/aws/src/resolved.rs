//! Where requests really go: asked of the SDK itself, which reads environment and files, by requests that never leave.

use std::sync::{Arc, Mutex, PoisonError};

use aws_credential_types::Credentials;
use aws_sdk_sqs::config::retry::RetryConfig;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::Clients;

/// Where the requests of one service go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedEndpoint {
    /// The service's name, for example `EventBridge`.
    pub service: &'static str,
    /// Scheme, host and port; none where the SDK finds no endpoint for the region.
    pub url: Option<String>,
    /// Why there.
    pub origin: Origin,
}

/// What decides where requests go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It is AWS's own endpoint of the region.
    Aws,
    /// The connection names it.
    Connection,
    /// This environment variable redirects it.
    Variable(String),
    /// The AWS configuration files redirect it.
    Files,
}

impl Origin {
    /// A sentence where requests go elsewhere than the connection says.
    pub fn warning(&self) -> Option<String> {
        match self {
            Self::Aws | Self::Connection => None,
            Self::Variable(name) => Some(format!("redirected by the environment variable {name}")),
            Self::Files => Some("redirected by endpoint_url in the AWS configuration files".to_owned()),
        }
    }
}

/// Takes every request down and sends none.
#[derive(Debug, Clone, Default)]
struct Dry(Arc<Mutex<Option<String>>>);

impl HttpConnector for Dry {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = origin_of(request.uri());
        HttpConnectorFuture::ready(Err(ConnectorError::user("a dry request is not sent".into())))
    }
}

impl HttpClient for Dry {
    fn http_connector(&self, _settings: &HttpConnectorSettings, _components: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl Dry {
    fn taken(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Scheme and authority of an address.
fn origin_of(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once("://")?;
    Some(format!("{scheme}://{}", rest.split('/').next()?))
}

impl Clients {
    /// Where the requests of each service go.
    pub async fn resolved_endpoints(&self) -> Vec<ResolvedEndpoint> {
        // Signing needs keys, and these requests go nowhere.
        let keys = || Credentials::new("DRY", "dry", None, None, "a request that never leaves");
        let dry = Dry::default();
        macro_rules! resolve {
            ($client:expr, $sdk:ident, $operation:ident) => {{
                let config = $client.config().to_builder().http_client(dry.clone()).credentials_provider(keys());
                let client = $sdk::Client::from_conf(config.retry_config(RetryConfig::disabled()).build());
                // It fails by design; what counts is what was taken down.
                drop(Box::pin(client.$operation().send()).await);
                dry.taken()
            }};
        }
        let events = {
            let config = self.events().config().to_builder().http_client(dry.clone()).credentials_provider(keys());
            let client = aws_sdk_eventbridge::Client::from_conf(config.retry_config(RetryConfig::disabled()).build());
            drop(Box::pin(client.list_event_sources().send()).await);
            dry.taken()
        };
        let sqs = resolve!(self.sqs(), aws_sdk_sqs, list_queues);
        let sts = resolve!(self.sts(), aws_sdk_sts, get_caller_identity);
        let organizations = resolve!(self.organizations(), aws_sdk_organizations, describe_organization);
        [("EventBridge", events), ("SQS", sqs), ("STS", sts), ("Organizations", organizations)]
            .into_iter()
            .map(|(service, url)| ResolvedEndpoint { service, origin: self.origin(service, url.as_deref()), url })
            .collect()
    }

    fn origin(&self, service: &str, url: Option<&str>) -> Origin {
        let named = |url: &str| origin_of(url).is_some_and(|one| self.named_urls().any(|named| origin_of(named).as_deref() == Some(&one)));
        match url {
            Some(url) if named(url) => Origin::Connection,
            Some(url) if !is_aws(url) => {
                let variable = format!("AWS_ENDPOINT_URL_{}", service.to_uppercase());
                let set = [variable.as_str(), "AWS_ENDPOINT_URL"].into_iter().find(|name| std::env::var_os(name).is_some());
                set.map_or(Origin::Files, |name| Origin::Variable(name.to_owned()))
            }
            _ => Origin::Aws,
        }
    }
}

/// Whether an address is one of AWS's own (the partitions' suffixes in the SDK's `partitions.json`).
fn is_aws(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let suffixes = ["amazonaws.com", "amazonaws.com.cn", "api.aws", "api.amazonwebservices.com.cn", "amazonaws.eu", "c2s.ic.gov"];
    suffixes.iter().any(|suffix| host.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aws_is_told_from_what_stands_in_for_it() {
        for aws in ["https://sqs.eu-central-1.amazonaws.com", "https://events.cn-north-1.amazonaws.com.cn", "https://sqs.eu-west-1.api.aws"]
        {
            assert!(is_aws(aws), "{aws}");
        }
        for other in ["http://127.0.0.1:4566", "https://amazonaws.com.evil.example", "https://evilamazonaws.com"] {
            assert!(!is_aws(other), "{other} must be told");
        }
    }
}
