//! SQS through the unmodified AWS SDK.
#![allow(clippy::unwrap_used, missing_docs)]

mod accounts;
mod attributes;
mod fifo;
mod messages;
mod refusals;
mod restart;
mod waiting;

use aws_credential_types::Credentials;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::{BehaviorVersion, Region};
use aws_sdk_sqs::types::{Message, QueueAttributeName as Attribute};
use waybill_sandbox::{Sandbox, SandboxConfig};

/// A sandbox of its own, and the customer's client in the sandbox's region.
struct Lab {
    sandbox: Sandbox,
    sqs: Client,
}

impl Lab {
    async fn start() -> Self {
        Self::start_with(SandboxConfig::ephemeral()).await
    }

    async fn start_with(config: SandboxConfig) -> Self {
        let sandbox = Sandbox::start(config).await.unwrap();
        let sqs = client(&sandbox, "eu-central-1", false);
        Self { sandbox, sqs }
    }

    fn in_region(&self, region: &'static str) -> Client {
        client(&self.sandbox, region, false)
    }

    fn partner(&self) -> Client {
        client(&self.sandbox, "eu-central-1", true)
    }

    /// The URL of a new queue.
    async fn queue(&self, name: &str, attributes: &[(Attribute, &str)]) -> String {
        let mut request = self.sqs.create_queue().queue_name(name);
        for (attribute, value) in attributes {
            request = request.attributes(attribute.clone(), *value);
        }
        request.send().await.unwrap().queue_url.unwrap()
    }

    async fn send(&self, url: &str, body: &str) {
        self.sqs.send_message().queue_url(url).message_body(body).send().await.unwrap();
    }

    /// What is there, without waiting.
    async fn receive(&self, url: &str) -> Vec<Message> {
        let request = self.sqs.receive_message().queue_url(url).max_number_of_messages(10);
        request.send().await.unwrap().messages.unwrap_or_default()
    }

    async fn attribute(&self, url: &str, name: Attribute) -> Option<String> {
        let request = self.sqs.get_queue_attributes().queue_url(url).attribute_names(name.clone());
        request.send().await.unwrap().attributes.unwrap_or_default().remove(&name)
    }
}

fn client(sandbox: &Sandbox, region: &'static str, partner: bool) -> Client {
    let keys = sandbox.keys();
    let (id, secret) = if partner {
        (&keys.partner_access_key_id, &keys.partner_secret_access_key)
    } else {
        (&keys.access_key_id, &keys.secret_access_key)
    };
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(sandbox.endpoint())
        .region(Region::from_static(region))
        .credentials_provider(Credentials::from_keys(id, secret, None));
    Client::from_conf(config.build())
}

fn bodies(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|message| message.body().unwrap()).collect()
}
