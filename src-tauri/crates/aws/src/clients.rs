//! The SDK's clients for one connection and one region.

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use aws_config::SdkConfig;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sdk_sqs::config::StalledStreamProtectionConfig;
use waybill_domain::{AccountId, Region, Timestamp};

use crate::gate::{Gate, Guard};
use crate::once::PublishOnce;
use crate::plain::Plain;
use crate::{
    BusLog, BusLogWanted, CallError, CallErrorKind, ConnectError, Connection, EndpointUrls, Figures, FiguresWanted, call_error,
    credentials, transport,
};

/// The clients of every service that Waybill uses, for one region; cheap to clone.
#[derive(Debug, Clone)]
pub struct Clients {
    inner: Arc<Inner>,
}

#[derive(Debug, Clone)]
struct Inner {
    region: Region,
    endpoint: Option<String>,
    gate: Gate,
    named: EndpointUrls,
    credentials: Option<SharedCredentialsProvider>,
    events: aws_sdk_eventbridge::Client,
    partner: Option<aws_sdk_eventbridge::Client>,
    sqs: aws_sdk_sqs::Client,
    kms: aws_sdk_kms::Client,
    sts: aws_sdk_sts::Client,
    organizations: aws_sdk_organizations::Client,
    plain: Plain,
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
    /// Makes the clients of a connection that lets every request through. Nothing is sent yet; credentials are looked up by the first
    /// request.
    ///
    /// # Errors
    /// When the connection is written wrongly.
    pub async fn connect(connection: &Connection, region: &Region) -> Result<Self, ConnectError> {
        Self::connect_through(connection, region, Gate::open()).await
    }

    /// Makes the clients of a connection whose requests pass a gate.
    ///
    /// # Errors
    /// When the connection is written wrongly.
    pub async fn connect_through(connection: &Connection, region: &Region, gate: Gate) -> Result<Self, ConnectError> {
        connection.check()?;
        let aws_region = aws_config::Region::new(region.as_str().to_owned());
        let mut named = EndpointUrls::default();
        let (config, partner) = match connection {
            Connection::Sandbox { endpoint, keys, partner } => {
                named = EndpointUrls::one(endpoint);
                let config = transport::sandbox(endpoint, aws_region);
                (transport::signed_by(&config, keys), Some(transport::signed_by(&config, partner)))
            }
            Connection::Aws { profile, role_arn } => {
                (assuming(transport::configured(aws_region, profile.as_deref(), &named).await, role_arn.as_deref()).await, None)
            }
            Connection::Endpoint { urls, profile, role_arn } => {
                named.clone_from(urls);
                (assuming(transport::configured(aws_region, profile.as_deref(), urls).await, role_arn.as_deref()).await, None)
            }
        };
        Ok(Self { inner: Arc::new(Inner::new((region.clone(), gate), &config, named, partner.as_ref())) })
    }

    /// The same clients, with the caller as the partner too: for endpoints that let every account make the partner's calls.
    #[must_use]
    pub fn playing_the_partner(&self) -> Self {
        let partner = Some(self.inner.partner.clone().unwrap_or_else(|| self.inner.events.clone()));
        Self { inner: Arc::new(Inner { partner, ..(*self.inner).clone() }) }
    }

    /// What every request passes.
    pub fn gate(&self) -> &Gate {
        &self.inner.gate
    }

    /// Until when the credentials hold, where they say so; they are looked up for it.
    pub async fn credentials_until(&self) -> Option<Timestamp> {
        let credentials = self.inner.credentials.as_ref()?.provide_credentials().await.ok()?;
        let since = credentials.expiry()?.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok().map(Timestamp::from_millis)
    }

    /// The addresses that the connection itself names.
    pub(crate) fn named_urls(&self) -> impl Iterator<Item = &str> {
        self.inner.named.given()
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

    /// EventBridge as the partner: on the sandbox, and where the caller may play it.
    pub fn partner(&self) -> Option<&aws_sdk_eventbridge::Client> {
        self.inner.partner.as_ref()
    }

    /// SQS.
    pub fn sqs(&self) -> &aws_sdk_sqs::Client {
        &self.inner.sqs
    }

    /// KMS.
    pub fn kms(&self) -> &aws_sdk_kms::Client {
        &self.inner.kms
    }

    /// STS.
    pub fn sts(&self) -> &aws_sdk_sts::Client {
        &self.inner.sts
    }

    /// Organizations.
    pub fn organizations(&self) -> &aws_sdk_organizations::Client {
        &self.inner.organizations
    }

    /// Asks CloudWatch for sums of metrics (`GetMetricData`).
    ///
    /// # Errors
    /// When CloudWatch is not reached, does not let the caller, or is not there at all.
    pub async fn figures(&self, wanted: FiguresWanted<'_>) -> Result<Figures, CallError> {
        self.inner.plain.figures(wanted).await
    }

    /// Asks CloudWatch Logs what an event bus logged about one event (`FilterLogEvents`).
    ///
    /// # Errors
    /// When CloudWatch Logs is not reached, does not let the caller, has no such log group, or is not there at all.
    pub async fn bus_log(&self, wanted: BusLogWanted<'_>) -> Result<BusLog, CallError> {
        self.inner.plain.bus_log(wanted).await
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

async fn assuming(config: SdkConfig, role_arn: Option<&str>) -> SdkConfig {
    let Some(role_arn) = role_arn else { return config };
    let chain = config.credentials_provider().expect("a chain of credentials was configured");
    let role = credentials::role(role_arn, &config, chain).await;
    config.into_builder().credentials_provider(role).build()
}

impl Inner {
    fn new((region, gate): (Region, Gate), config: &SdkConfig, named: EndpointUrls, partner: Option<&SdkConfig>) -> Self {
        let guard = || Guard(gate.clone());
        // A long poll is silent for up to 20 s; the attempt's time-out watches over it instead.
        let sqs = aws_sdk_sqs::config::Builder::from(config).stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        let sts = aws_sdk_sts::config::Builder::from(config).interceptor(guard());
        let kms = aws_sdk_kms::config::Builder::from(config).interceptor(guard());
        let organizations = aws_sdk_organizations::config::Builder::from(config).interceptor(guard());
        let events = |config: &SdkConfig| {
            let builder = aws_sdk_eventbridge::config::Builder::from(config).interceptor(PublishOnce).interceptor(guard());
            let builder = named.eventbridge.iter().fold(builder, |builder, url| builder.endpoint_url(url));
            aws_sdk_eventbridge::Client::from_conf(builder.build())
        };
        Self {
            endpoint: named.eventbridge.clone().or_else(|| config.endpoint_url().map(ToOwned::to_owned)),
            credentials: config.credentials_provider(),
            events: events(config),
            partner: partner.map(events),
            sqs: aws_sdk_sqs::Client::from_conf(
                named.sqs.iter().fold(sqs.interceptor(guard()), |builder, url| builder.endpoint_url(url)).build(),
            ),
            sts: aws_sdk_sts::Client::from_conf(named.sts.iter().fold(sts, |builder, url| builder.endpoint_url(url)).build()),
            organizations: aws_sdk_organizations::Client::from_conf(
                named.organizations.iter().fold(organizations, |builder, url| builder.endpoint_url(url)).build(),
            ),
            // What stands in for EventBridge is asked for the services that have no address of their own; it says so where it has none.
            kms: aws_sdk_kms::Client::from_conf(named.eventbridge.iter().fold(kms, |builder, url| builder.endpoint_url(url)).build()),
            plain: Plain::new((config.clone(), named.eventbridge.clone()), region.clone()),
            region,
            named,
            gate,
        }
    }
}
