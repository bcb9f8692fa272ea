//! The AWS SDK with the keys of `sandbox serve`'s line: what happens behind Waybill's back.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_sdk_eventbridge::types::Target;
use aws_sdk_sqs::types::{DeleteMessageBatchRequestEntry, QueueAttributeName};
use serde_json::Value;
use tokio::runtime::Runtime;

pub const ACCOUNT: &str = "123456789012";
pub const REGION: &str = "eu-central-1";

/// Clients of both identities; every call waits for its answer.
pub struct Cloud {
    runtime: Runtime,
    pub events: aws_sdk_eventbridge::Client,
    pub partner: aws_sdk_eventbridge::Client,
    pub sqs: aws_sdk_sqs::Client,
}

impl Cloud {
    /// Clients for the sandbox that this line tells of.
    pub fn of(line: &Value) -> Self {
        let text = |name: &str| line[name].as_str().unwrap().to_owned();
        let config = |key: &str, secret: &str| {
            let credentials = Credentials::new(text(key), text(secret), None, None, "test");
            SdkConfig::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::new(text("region")))
                .endpoint_url(text("endpoint"))
                .credentials_provider(aws_sdk_sqs::config::SharedCredentialsProvider::new(credentials))
                .sleep_impl(aws_sdk_sqs::config::SharedAsyncSleep::new(Nap))
                .build()
        };
        let customer = config("access_key_id", "secret_access_key");
        let partner = config("partner_access_key_id", "partner_secret_access_key");
        Self {
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            events: aws_sdk_eventbridge::Client::new(&customer),
            partner: aws_sdk_eventbridge::Client::new(&partner),
            sqs: aws_sdk_sqs::Client::new(&customer),
        }
    }

    /// Waits for an answer.
    pub fn wait<T>(&self, answer: impl Future<Output = T>) -> T {
        self.runtime.block_on(answer)
    }

    /// The customer's partner event sources, each with its state.
    pub fn sources(&self) -> Vec<(String, String)> {
        let listed = self.wait(self.events.list_event_sources().send()).unwrap();
        let of = |source: &aws_sdk_eventbridge::types::EventSource| {
            (source.name().unwrap().to_owned(), source.state().unwrap().as_str().to_owned())
        };
        listed.event_sources().iter().map(of).collect()
    }

    /// The only partner event source's name; its bus has the same.
    #[track_caller]
    pub fn source(&self) -> String {
        let sources = self.sources();
        assert_eq!(sources.len(), 1, "one partner event source: {sources:?}");
        sources[0].0.clone()
    }

    /// The buses of partners.
    pub fn partner_buses(&self) -> Vec<String> {
        let listed = self.wait(self.events.list_event_buses().name_prefix("aws.partner/").send()).unwrap();
        listed.event_buses().iter().map(|bus| bus.name().unwrap().to_owned()).collect()
    }

    pub fn rules(&self, bus: &str) -> Vec<String> {
        let listed = self.wait(self.events.list_rules().event_bus_name(bus).send()).unwrap();
        listed.rules().iter().map(|rule| rule.name().unwrap().to_owned()).collect()
    }

    /// The only rule on a bus.
    #[track_caller]
    pub fn rule(&self, bus: &str) -> String {
        let rules = self.rules(bus);
        assert_eq!(rules.len(), 1, "one rule: {rules:?}");
        rules[0].clone()
    }

    pub fn targets(&self, bus: &str, rule: &str) -> Vec<Target> {
        let listed = self.wait(self.events.list_targets_by_rule().event_bus_name(bus).rule(rule).send()).unwrap();
        listed.targets.unwrap_or_default()
    }

    /// URLs of all queues.
    pub fn queues(&self) -> Vec<String> {
        self.wait(self.sqs.list_queues().send()).unwrap().queue_urls.unwrap_or_default()
    }

    /// The only queue's URL.
    #[track_caller]
    pub fn queue(&self) -> String {
        let queues = self.queues();
        assert_eq!(queues.len(), 1, "one queue: {queues:?}");
        queues[0].clone()
    }

    /// Makes a queue and answers its URL.
    pub fn new_queue(&self, name: &str) -> String {
        self.wait(self.sqs.create_queue().queue_name(name).send()).unwrap().queue_url.unwrap()
    }

    pub fn arn(&self, url: &str) -> String {
        format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{}", url.rsplit('/').next().unwrap())
    }

    /// A queue's policy; null where it has none.
    pub fn policy(&self, url: &str) -> Value {
        let get = self.sqs.get_queue_attributes().queue_url(url).attribute_names(QueueAttributeName::Policy);
        let answer = self.wait(get.send()).unwrap();
        let text = answer.attributes().and_then(|attributes| attributes.get(&QueueAttributeName::Policy));
        text.map_or(Value::Null, |text| serde_json::from_str(text).unwrap())
    }

    /// Replaces a queue's policy; an empty text removes it.
    pub fn set_policy(&self, url: &str, policy: &str) {
        let set = self.sqs.set_queue_attributes().queue_url(url).attributes(QueueAttributeName::Policy, policy);
        self.wait(set.send()).unwrap();
    }

    /// How many messages a queue holds, seen and unseen.
    pub fn held(&self, url: &str) -> u32 {
        use QueueAttributeName::{ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible};
        let get = self.sqs.get_queue_attributes().queue_url(url).attribute_names(QueueAttributeName::All);
        let answer = self.wait(get.send()).unwrap();
        let number = |name| answer.attributes().unwrap()[&name].parse::<u32>().unwrap();
        number(ApproximateNumberOfMessages) + number(ApproximateNumberOfMessagesNotVisible)
    }

    /// Puts a message into a queue.
    pub fn send(&self, url: &str, body: &str) {
        self.wait(self.sqs.send_message().queue_url(url).message_body(body).send()).unwrap();
    }

    /// The bodies in a queue now, deleted as they are read.
    pub fn drain(&self, url: &str) -> Vec<String> {
        let mut bodies = Vec::new();
        loop {
            let receive = self.sqs.receive_message().queue_url(url).max_number_of_messages(10);
            let messages = self.wait(receive.send()).unwrap().messages.unwrap_or_default();
            if messages.is_empty() {
                return bodies;
            }
            let done = messages.iter().enumerate().map(|(id, message)| {
                let entry = DeleteMessageBatchRequestEntry::builder().id(id.to_string());
                entry.receipt_handle(message.receipt_handle().unwrap()).build().unwrap()
            });
            let delete = self.sqs.delete_message_batch().queue_url(url).set_entries(Some(done.collect()));
            assert_eq!(self.wait(delete.send()).unwrap().failed(), []);
            bodies.extend(messages.into_iter().map(|message| message.body.unwrap()));
        }
    }
}

/// How the SDK waits between its retries.
#[derive(Debug)]
struct Nap;

impl aws_sdk_sqs::config::AsyncSleep for Nap {
    fn sleep(&self, duration: std::time::Duration) -> aws_sdk_sqs::config::Sleep {
        aws_sdk_sqs::config::Sleep::new(tokio::time::sleep(duration))
    }
}
