//! The SDK's clients for one connection and one region.

use std::sync::Arc;

use aws_config::SdkConfig;
use aws_sdk_sqs::config::StalledStreamProtectionConfig;
use waybill_domain::{AccountId, Region};

use crate::connection::{check_endpoint, check_role};
use crate::once::PublishOnce;
use crate::{CallError, CallErrorKind, ConnectError, Connection, call_error, credentials, transport};

/// The clients of every service that Waybill uses, for one region; cheap to clone.
#[derive(Debug, Clone)]
pub struct Clients {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    region: Region,
    endpoint: Option<String>,
    events: aws_sdk_eventbridge::Client,
    partner: Option<aws_sdk_eventbridge::Client>,
    sqs: aws_sdk_sqs::Client,
    sts: aws_sdk_sts::Client,
    organizations: aws_sdk_organizations::Client,
}

/// Who AWS takes the caller for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The caller's account.
    pub account: AccountId,
    /// The caller's user or role.
    pub arn: String,
}

impl Clients {
    /// Makes the clients of a connection. Nothing is sent yet; credentials are looked up by the first request.
    ///
    /// # Errors
    /// When the connection is written wrongly.
    pub async fn connect(connection: &Connection, region: &Region) -> Result<Self, ConnectError> {
        let aws_region = aws_config::Region::new(region.as_str().to_owned());
        let (config, partner) = match connection {
            Connection::Sandbox { endpoint, keys, partner } => {
                check_endpoint(endpoint)?;
                let config = transport::sandbox(endpoint, aws_region);
                (transport::signed_by(&config, keys), Some(transport::signed_by(&config, partner)))
            }
            Connection::Aws { profile, role_arn: None } => (transport::configured(aws_region, profile.as_deref(), None).await, None),
            Connection::Aws { profile, role_arn: Some(role_arn) } => {
                check_role(role_arn)?;
                (assuming(transport::configured(aws_region, profile.as_deref(), None).await, role_arn).await, None)
            }
            Connection::Endpoint { url, profile } => {
                check_endpoint(url)?;
                (transport::configured(aws_region, profile.as_deref(), Some(url)).await, None)
            }
        };
        Ok(Self { inner: Arc::new(Inner::new(region.clone(), &config, partner.as_ref())) })
    }

    /// The region that the clients talk to.
    pub fn region(&self) -> &Region {
        &self.inner.region
    }

    /// The endpoint that stands in for AWS's own: the sandbox's, the connection's, or one that the environment or the AWS
    /// configuration files name for all services; none when requests go to AWS itself.
    pub fn endpoint(&self) -> Option<&str> {
        self.inner.endpoint.as_deref()
    }

    /// EventBridge as the customer.
    pub fn events(&self) -> &aws_sdk_eventbridge::Client {
        &self.inner.events
    }

    /// EventBridge as the partner: on the sandbox only.
    pub fn partner(&self) -> Option<&aws_sdk_eventbridge::Client> {
        self.inner.partner.as_ref()
    }

    /// SQS.
    pub fn sqs(&self) -> &aws_sdk_sqs::Client {
        &self.inner.sqs
    }

    /// STS.
    pub fn sts(&self) -> &aws_sdk_sts::Client {
        &self.inner.sts
    }

    /// Organizations.
    pub fn organizations(&self) -> &aws_sdk_organizations::Client {
        &self.inner.organizations
    }

    /// Asks AWS whom it takes the caller for (STS GetCallerIdentity).
    ///
    /// # Errors
    /// When AWS is not reached, there are no credentials, or AWS refuses them.
    pub async fn who_am_i(&self) -> Result<Identity, CallError> {
        const CALL: (&str, &str) = ("sts", "GetCallerIdentity");
        let answer = self.sts().get_caller_identity().send().await.map_err(|error| call_error(CALL.0, CALL.1, error))?;
        let identity = answer.account().and_then(|account| account.parse().ok()).zip(answer.arn());
        let (account, arn) = identity.ok_or_else(|| CallError {
            service: CALL.0,
            operation: CALL.1,
            kind: CallErrorKind::Refused,
            code: None,
            message: "the answer names no account".to_owned(),
            http_status: None,
            request_id: None,
        })?;
        Ok(Identity { account, arn: arn.to_owned() })
    }
}

async fn assuming(config: SdkConfig, role_arn: &str) -> SdkConfig {
    let chain = config.credentials_provider().expect("a chain of credentials was configured");
    let role = credentials::role(role_arn, &config, chain).await;
    config.into_builder().credentials_provider(role).build()
}

impl Inner {
    fn new(region: Region, config: &SdkConfig, partner: Option<&SdkConfig>) -> Self {
        // A long poll is silent for up to 20 s; the attempt's time-out watches over it instead.
        let sqs = aws_sdk_sqs::config::Builder::from(config).stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        Self {
            region,
            endpoint: config.endpoint_url().map(ToOwned::to_owned),
            events: events(config),
            partner: partner.map(events),
            sqs: aws_sdk_sqs::Client::from_conf(sqs.build()),
            sts: aws_sdk_sts::Client::new(config),
            organizations: aws_sdk_organizations::Client::new(config),
        }
    }
}

fn events(config: &SdkConfig) -> aws_sdk_eventbridge::Client {
    let config = aws_sdk_eventbridge::config::Builder::from(config).interceptor(PublishOnce);
    aws_sdk_eventbridge::Client::from_conf(config.build())
}
