//! What the sandbox tells about itself: each event with what became of it.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use waybill_load::{Ask, EVENTS, SQS, Service, Wire};
use waybill_sandbox::{PARTNER_ACCOUNT_ID, Sandbox, SandboxConfig};

const SOURCE: &str = "aws.partner/ilert.com/test/1";
const INBOX: &str = "arn:aws:sqs:eu-central-1:123456789012:inbox";

struct Lab {
    sandbox: Sandbox,
    address: String,
    wire: Wire,
}

impl Lab {
    async fn start() -> Self {
        let sandbox = Sandbox::start(SandboxConfig::ephemeral()).await.unwrap();
        let address = sandbox.endpoint().replace("http://", "");
        let wire = Wire::connect(&address).await.unwrap();
        Self { sandbox, address, wire }
    }

    async fn customer(&mut self, service: Service, operation: &str, body: &Value) -> Value {
        let keys = self.sandbox.keys();
        let ask = Ask::json(&self.address, service, operation, body).signed((&keys.access_key_id, &keys.secret_access_key));
        self.wire.json(ask).await.unwrap()
    }

    async fn partner(&mut self, operation: &str, body: &Value) -> Value {
        let keys = self.sandbox.keys();
        let ask = Ask::json(&self.address, EVENTS, operation, body).signed((&keys.partner_access_key_id, &keys.partner_secret_access_key));
        self.wire.json(ask).await.unwrap()
    }

    async fn publish(&mut self) {
        let entry = json!({"Source": SOURCE, "DetailType": "incident-created", "Detail": "{}"});
        self.partner("PutPartnerEvents", &json!({"Entries": [entry]})).await;
    }

    async fn look(&mut self, path: &str) -> Value {
        let keys = self.sandbox.keys();
        let ask = Ask::inspect(&self.address, path).signed((&keys.access_key_id, &keys.secret_access_key));
        self.wire.json(ask).await.unwrap()
    }

    /// What became of the latest event.
    async fn fate(&mut self) -> Value {
        self.look("/_waybill/events").await["events"][0].clone()
    }
}

#[tokio::test]
async fn each_reason_why_an_event_does_not_arrive_is_told() {
    let mut lab = Lab::start().await;
    lab.publish().await;
    let fate = lab.fate().await;
    assert_eq!((&fate["fate"], &fate["code"]), (&json!("rejected"), &json!("InvalidArgument")), "no source: {fate}");

    lab.partner("CreatePartnerEventSource", &json!({"Name": SOURCE, "Account": "123456789012"})).await;
    lab.publish().await;
    let fate = lab.fate().await;
    assert_eq!((&fate["fate"], &fate["state"]), (&json!("source_inactive"), &json!("PENDING")));
    assert_eq!((&fate["source"], &fate["publisher"]), (&json!(SOURCE), &json!(PARTNER_ACCOUNT_ID)));

    lab.customer(EVENTS, "CreateEventBus", &json!({"Name": SOURCE, "EventSourceName": SOURCE})).await;
    lab.publish().await;
    assert_eq!(lab.fate().await["fate"], "no_rule_matched");

    lab.customer(EVENTS, "PutRule", &json!({"Name": "all", "EventBusName": SOURCE, "EventPattern": r#"{"account":["123456789012"]}"#}))
        .await;
    lab.publish().await;
    assert_eq!(lab.fate().await["rules"], json!([{"rule": "all", "targets": []}]), "a rule without targets");

    let targets = json!([{"Id": "t1", "Arn": INBOX}]);
    lab.customer(EVENTS, "PutTargets", &json!({"Rule": "all", "EventBusName": SOURCE, "Targets": targets})).await;
    lab.publish().await;
    let dropped = lab.fate().await["rules"][0]["targets"][0].clone();
    assert_eq!((&dropped["outcome"], &dropped["code"]), (&json!("dropped"), &json!("NO_RESOURCE")), "no queue");

    lab.customer(SQS, "CreateQueue", &json!({"QueueName": "inbox"})).await;
    lab.publish().await;
    let dropped = lab.fate().await["rules"][0]["targets"][0].clone();
    assert_eq!((&dropped["outcome"], &dropped["code"]), (&json!("dropped"), &json!("NO_PERMISSIONS")), "no policy");
    assert!(dropped["reason"].as_str().unwrap().contains("no resource-based policy allows"), "{dropped}");

    let policy = json!({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}]}).to_string();
    let url = format!("http://{}/123456789012/inbox", lab.address);
    lab.customer(SQS, "SetQueueAttributes", &json!({"QueueUrl": url, "Attributes": {"Policy": policy}})).await;
    lab.publish().await;
    assert_eq!(lab.fate().await["rules"][0]["targets"], json!([{"target": "t1", "queue": INBOX, "outcome": "delivered"}]));
}

#[tokio::test]
async fn a_wrong_bus_is_named_and_only_the_latest_events_are_kept() {
    let mut lab = Lab::start().await;
    let entry = json!({"EventBusName": "none", "Source": "s", "DetailType": "t", "Detail": "{}"});
    for _ in 0..21 {
        let entries = vec![entry.clone(); 10];
        lab.customer(EVENTS, "PutEvents", &json!({"Entries": entries})).await;
    }
    let fate = lab.fate().await;
    assert_eq!((&fate["fate"], &fate["bus"]), (&json!("no_bus"), &json!("none")));
    assert_eq!(lab.look("/_waybill/events").await["events"].as_array().unwrap().len(), 200);
}

#[tokio::test]
async fn buses_and_queues_are_told_with_all_that_is_in_them() {
    let mut lab = Lab::start().await;
    lab.customer(SQS, "CreateQueue", &json!({"QueueName": "inbox"})).await;
    lab.customer(EVENTS, "PutRule", &json!({"Name": "all", "EventPattern": r#"{"source":["s"]}"#})).await;
    lab.customer(EVENTS, "PutTargets", &json!({"Rule": "all", "Targets": [{"Id": "t1", "Arn": INBOX}]})).await;
    let buses = lab.look("/_waybill/buses").await;
    let region = &buses["regions"][0];
    assert_eq!(region["region"], "eu-central-1");
    assert_eq!(region["buses"][0]["Rules"][0]["Targets"][0]["Arn"], INBOX);
    let queues = lab.look("/_waybill/queues").await;
    assert_eq!(queues["queues"][0]["QueueArn"], INBOX);
    assert_eq!(queues["queues"][0]["ApproximateNumberOfMessagesNotVisible"], "0");
}

#[tokio::test]
async fn messages_are_told_where_they_stand_and_no_receive_is_counted() {
    let mut lab = Lab::start().await;
    let url = format!("http://{}/123456789012/inbox", lab.address);
    lab.customer(SQS, "CreateQueue", &json!({"QueueName": "inbox"})).await;
    for (body, delay) in [("taken", 0), ("there", 0), ("late", 900)] {
        lab.customer(SQS, "SendMessage", &json!({"QueueUrl": url, "MessageBody": body, "DelaySeconds": delay})).await;
    }
    lab.customer(SQS, "ReceiveMessage", &json!({"QueueUrl": url})).await;
    for _ in 0..2 {
        let told = lab.look("/_waybill/messages").await;
        let queue = &told["queues"][0];
        assert_eq!((&queue["QueueArn"], &queue["count"]), (&json!(INBOX), &json!(3)));
        let messages = queue["messages"].as_array().unwrap();
        let seen: Vec<_> = messages.iter().map(|one| json!([one["body"], one["place"], one["receives"]])).collect();
        assert_eq!(json!(seen), json!([["taken", "in_flight", 1], ["there", "ready", 0], ["late", "delayed", 0]]));
        assert!(messages[0]["until_ms"].as_i64() > messages[0]["sent_ms"].as_i64(), "{told}");
    }
}
