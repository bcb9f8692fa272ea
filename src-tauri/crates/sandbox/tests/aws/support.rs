//! A sandbox of its own for every test, and the SDK's clients on it.

use std::sync::Arc;

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_sdk_eventbridge::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_eventbridge::types::{PutPartnerEventsRequestEntry, Target};
use waybill_sandbox::{Clock, Sandbox, SandboxConfig, SystemClock};

pub const ACCOUNT: &str = "123456789012";
pub const REGION: &str = "eu-central-1";
pub const SOURCE: &str = "aws.partner/ilert.com/test/cc23670e-2073-4b3c-a1f3-f366b0a5e5d9";

/// A running sandbox with clients of both identities.
pub struct Lab {
    pub sandbox: Sandbox,
    pub events: aws_sdk_eventbridge::Client,
    pub partner: aws_sdk_eventbridge::Client,
    pub sqs: aws_sdk_sqs::Client,
}

impl Lab {
    pub async fn ephemeral() -> Self {
        Self::start(SandboxConfig::ephemeral()).await
    }

    pub async fn start(config: SandboxConfig) -> Self {
        Self::with_clock(config, Arc::new(SystemClock)).await
    }

    pub async fn with_clock(config: SandboxConfig, clock: Arc<dyn Clock>) -> Self {
        let sandbox = Sandbox::start_with_clock(config, clock).await.unwrap();
        let customer = customer(&sandbox, REGION).await;
        let partner = partner(&sandbox, REGION).await;
        Self {
            events: aws_sdk_eventbridge::Client::new(&customer),
            partner: aws_sdk_eventbridge::Client::new(&partner),
            sqs: aws_sdk_sqs::Client::new(&customer),
            sandbox,
        }
    }

    /// The partner offers [`SOURCE`].
    pub async fn offer(&self) {
        self.partner.create_partner_event_source().name(SOURCE).account(ACCOUNT).send().await.unwrap();
    }

    /// The customer associates it.
    pub async fn associate(&self) {
        self.events.create_event_bus().name(SOURCE).event_source_name(SOURCE).send().await.unwrap();
    }

    /// DescribeEventSource's state, or none where there is no source.
    pub async fn source_state(&self) -> Option<String> {
        match self.events.describe_event_source().name(SOURCE).send().await {
            Ok(source) => Some(source.state().unwrap().as_str().to_owned()),
            Err(error) => {
                assert_eq!(code(&error), "ResourceNotFoundException");
                None
            }
        }
    }

    /// A queue's URL and ARN.
    pub async fn queue(&self, name: &str) -> (String, String) {
        let url = self.sqs.create_queue().queue_name(name).send().await.unwrap().queue_url.unwrap();
        (url, format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"))
    }

    /// Lets a rule send to a queue.
    pub async fn allow(&self, (url, arn): &(String, String), rule_arn: &str) {
        let policy = serde_json::json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
            "Resource": arn, "Condition": {"ArnEquals": {"aws:SourceArn": rule_arn}}}]});
        let attribute = aws_sdk_sqs::types::QueueAttributeName::Policy;
        self.sqs.set_queue_attributes().queue_url(url).attributes(attribute, policy.to_string()).send().await.unwrap();
    }

    /// A rule on [`SOURCE`]'s bus.
    pub async fn rule(&self, name: &str, pattern: &str) -> String {
        let put = self.events.put_rule().name(name).event_bus_name(SOURCE).event_pattern(pattern);
        put.send().await.unwrap().rule_arn.unwrap()
    }

    pub async fn target(&self, rule: &str, target: Target) {
        let put = self.events.put_targets().rule(rule).event_bus_name(SOURCE).targets(target);
        assert_eq!(put.send().await.unwrap().failed_entry_count(), 0);
    }

    /// Source, bus, rule "all", queue "inbox" with its policy, target.
    pub async fn chain(&self) -> (String, String) {
        self.offer().await;
        self.associate().await;
        let rule = self.rule("all", ALL).await;
        let queue = self.queue("inbox").await;
        self.allow(&queue, &rule).await;
        self.target("all", target(&queue.1)).await;
        queue
    }

    /// Publishes one event of this type and returns its id.
    pub async fn publish(&self, detail_type: &str) -> String {
        let put = self.partner.put_partner_events().entries(entry(detail_type));
        let answer = put.send().await.unwrap();
        assert_eq!(answer.failed_entry_count(), 0, "{answer:?}");
        answer.entries()[0].event_id().unwrap().to_owned()
    }

    /// The bodies in a queue now, deleted as they are read.
    pub async fn drain(&self, (url, _): &(String, String)) -> Vec<String> {
        let mut bodies = Vec::new();
        loop {
            let receive = self.sqs.receive_message().queue_url(url).max_number_of_messages(10);
            let messages = receive.send().await.unwrap().messages.unwrap_or_default();
            if messages.is_empty() {
                return bodies;
            }
            for message in messages {
                let handle = message.receipt_handle.unwrap();
                self.sqs.delete_message().queue_url(url).receipt_handle(handle).send().await.unwrap();
                bodies.push(message.body.unwrap());
            }
        }
    }
}

/// The pattern of "All Events".
pub const ALL: &str = r#"{"account":["123456789012"]}"#;

pub fn target(arn: &str) -> Target {
    Target::builder().id("t1").arn(arn).build().unwrap()
}

pub fn entry(detail_type: &str) -> PutPartnerEventsRequestEntry {
    PutPartnerEventsRequestEntry::builder().source(SOURCE).detail_type(detail_type).detail("{}").build()
}

pub async fn customer(sandbox: &Sandbox, region: &str) -> SdkConfig {
    let keys = sandbox.keys();
    sdk(sandbox, (&keys.access_key_id, &keys.secret_access_key), region).await
}

pub async fn partner(sandbox: &Sandbox, region: &str) -> SdkConfig {
    let keys = sandbox.keys();
    sdk(sandbox, (&keys.partner_access_key_id, &keys.partner_secret_access_key), region).await
}

pub async fn sdk(sandbox: &Sandbox, (id, secret): (&str, &str), region: &str) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .endpoint_url(sandbox.endpoint())
        .region(Region::new(region.to_owned()))
        .credentials_provider(Credentials::from_keys(id, secret, None))
        .retry_config(RetryConfig::disabled())
        .load()
        .await
}

/// The error code of a refused call.
pub fn code<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> &str {
    error.code().expect("the service answered with a code")
}

/// The sentence of a refused call.
pub fn message<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> &str {
    error.message().expect("the service answered with a message")
}
