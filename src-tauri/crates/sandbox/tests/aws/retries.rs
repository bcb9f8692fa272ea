//! What a queue does not take for a while is tried again, on the clock that the host supplies.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_eventbridge::types::{DeadLetterConfig, RetryPolicy, Target};
use aws_sdk_sqs::types::Message;
use serde_json::{Value, json};
use waybill_load::{Ask, Wire};
use waybill_sandbox::{ForwardClock, Keys, SandboxConfig};

use crate::support::{ACCOUNT, ALL, Lab, REGION};

struct Retrying {
    lab: Lab,
    clock: Arc<ForwardClock>,
    inbox: (String, String),
    dead: (String, String),
}

impl Retrying {
    async fn start(config: SandboxConfig) -> Self {
        let clock = Arc::new(ForwardClock::default());
        let lab = Lab::with_clock(config, clock.clone()).await;
        let queue = |name: &str| {
            let url = format!("{}/{ACCOUNT}/{name}", lab.sandbox.endpoint());
            (url, format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"))
        };
        let (inbox, dead) = (queue("inbox"), queue("dead"));
        Self { lab, clock, inbox, dead }
    }

    /// A chain whose target has this retry policy.
    async fn chain(&self, attempts: i32, age_s: i32) {
        self.lab.offer().await;
        self.lab.associate().await;
        let rule = self.lab.rule("all", ALL).await;
        for name in ["inbox", "dead"] {
            let queue = self.lab.queue(name).await;
            self.lab.allow(&queue, &rule).await;
        }
        let policy = RetryPolicy::builder().maximum_retry_attempts(attempts).maximum_event_age_in_seconds(age_s);
        let letters = DeadLetterConfig::builder().arn(&self.dead.1).build();
        let target = Target::builder().id("t1").arn(&self.inbox.1).retry_policy(policy.build()).dead_letter_config(letters);
        self.lab.target("all", target.build().unwrap()).await;
    }

    async fn outage(&self, body: &Value) {
        let ask = Ask { method: http::Method::POST, body: body.to_string().into_bytes(), ..self.path("/_waybill/outages") };
        self.ask(ask).await;
    }

    /// The order of an outage of the inbox; without a number it lasts.
    async fn strike(&self, deliveries: Option<u32>) {
        self.outage(&json!({"queue": self.inbox.1, "code": "THROTTLING", "deliveries": deliveries})).await;
    }

    /// What became of the latest event's delivery.
    async fn outcome(&self) -> Value {
        let told = self.ask(self.path("/_waybill/events")).await;
        told["events"][0]["rules"][0]["targets"][0].clone()
    }

    fn path(&self, path: &str) -> Ask {
        Ask::inspect(&self.lab.sandbox.endpoint().replace("http://", ""), path)
    }

    async fn ask(&self, ask: Ask) -> Value {
        let keys = self.lab.sandbox.keys();
        let mut wire = Wire::connect(&self.lab.sandbox.endpoint().replace("http://", "")).await.unwrap();
        wire.json(ask.signed((&keys.access_key_id, &keys.secret_access_key))).await.unwrap()
    }

    /// Waits for the one message of a queue.
    async fn message(&self, url: &str) -> Message {
        let receive = self.lab.sqs.receive_message().queue_url(url).wait_time_seconds(20).message_attribute_names("All");
        receive.send().await.unwrap().messages.unwrap().remove(0)
    }
}

fn attribute<'a>(message: &'a Message, name: &str) -> Option<&'a str> {
    message.message_attributes()?.get(name)?.string_value()
}

#[tokio::test]
async fn a_delivery_that_fails_for_a_while_arrives_later_and_once() {
    let it = Retrying::start(SandboxConfig::ephemeral()).await;
    it.chain(185, 86_400).await;
    it.strike(Some(2)).await;
    let id = it.lab.publish("incident-created").await;
    let waiting = it.outcome().await;
    assert_eq!((&waiting["outcome"], &waiting["code"], &waiting["retries"]), (&json!("retrying"), &json!("THROTTLING"), &json!(0)));
    assert_eq!(it.lab.drain(&it.inbox).await.len(), 0, "not yet");
    it.clock.pass(Duration::from_secs(2));
    it.lab.events.list_event_buses().send().await.unwrap();
    assert_eq!(it.outcome().await["retries"], 1, "failed again");
    let poll = it.message(&it.inbox.0);
    let pass = async { it.clock.pass(Duration::from_secs(3)) };
    let (message, ()) = tokio::join!(poll, pass);
    let body: Value = serde_json::from_str(message.body().unwrap()).unwrap();
    assert_eq!(body["id"], id, "the same event: a long poll is woken by the clock that was put forward");
    assert_eq!(it.outcome().await, json!({"target": "t1", "queue": it.inbox.1, "outcome": "delivered", "retries": 2}));
    assert_eq!(it.lab.drain(&it.dead).await.len(), 0);
}

#[tokio::test]
async fn what_a_policy_ends_goes_to_the_dead_letter_queue_and_says_why() {
    for (attempts, age_s, condition, retries) in
        [(0, 3600, "MaximumRetryAttempts", "0"), (2, 3600, "MaximumRetryAttempts", "2"), (185, 60, "MaximumEventAgeInSeconds", "")]
    {
        let it = Retrying::start(SandboxConfig::ephemeral()).await;
        it.chain(attempts, age_s).await;
        it.strike(None).await;
        let id = it.lab.publish("incident-created").await;
        for _ in 0..12 {
            it.clock.pass(Duration::from_secs(6));
            it.lab.events.list_event_buses().send().await.unwrap();
        }
        let letter = it.message(&it.dead.0).await;
        let body: Value = serde_json::from_str(letter.body().unwrap()).unwrap();
        assert_eq!(body["id"], id, "the original event");
        assert_eq!(attribute(&letter, "EXHAUSTED_RETRY_CONDITION"), Some(condition));
        let told = attribute(&letter, "RETRY_ATTEMPTS").unwrap();
        assert!(told == retries || (retries.is_empty() && told.parse::<u32>().unwrap() > 2), "{condition}: {told}");
        assert_eq!(it.lab.drain(&it.inbox).await.len(), 0);
        assert_eq!(it.outcome().await["outcome"], "buried");
    }
}

#[tokio::test]
async fn an_outage_that_ends_lets_the_delivery_through_and_a_missing_permission_is_not_retried() {
    let it = Retrying::start(SandboxConfig::ephemeral()).await;
    it.chain(185, 86_400).await;
    it.strike(None).await;
    it.lab.publish("incident-created").await;
    let end = json!({"queue": it.inbox.1}).to_string().into_bytes();
    it.ask(Ask { method: http::Method::DELETE, body: end, ..it.path("/_waybill/outages") }).await;
    it.lab.allow(&it.inbox, "arn:aws:events:eu-central-1:123456789012:rule/another").await;
    it.clock.pass(Duration::from_secs(2));
    let letter = it.message(&it.dead.0).await;
    assert_eq!(attribute(&letter, "ERROR_CODE"), Some("NO_PERMISSIONS"), "the policy of the queue had changed meanwhile");
    assert_eq!(attribute(&letter, "RETRY_ATTEMPTS"), Some("1"));
    assert_eq!(attribute(&letter, "EXHAUSTED_RETRY_CONDITION"), None, "it was not the retry policy that ended it");
}

async fn durable(folder: &Path) -> Retrying {
    let keys = Keys::load_or_create(folder).unwrap();
    Retrying::start(SandboxConfig { data_dir: Some(folder.to_owned()), keys, ..SandboxConfig::ephemeral() }).await
}

#[tokio::test]
async fn a_restart_goes_on_retrying() {
    let folder = tempfile::tempdir().unwrap();
    let it = durable(folder.path()).await;
    it.chain(185, 86_400).await;
    it.strike(Some(1)).await;
    let id = it.lab.publish("incident-created").await;
    it.lab.sandbox.shutdown().await;
    let again = durable(folder.path()).await;
    let message = again.message(&again.inbox.0).await;
    let body: Value = serde_json::from_str(message.body().unwrap()).unwrap();
    assert_eq!(body["id"], id, "an accepted event is not lost");
    assert_eq!(again.ask(again.path("/_waybill/state")).await["retries"], 0);
}
