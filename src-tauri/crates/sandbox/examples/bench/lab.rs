//! Source, bus, rule and queue to measure with.

use serde_json::{Value, json};

use crate::wire::{Ask, EVENTS, SQS, Wire};

/// A chain that delivers.
pub(crate) struct Lab {
    pub(crate) address: String,
    pub(crate) source: String,
    pub(crate) queue_url: String,
    keys: [String; 4],
}

impl Lab {
    /// Makes the chain in the sandbox that said this about itself.
    pub(crate) async fn set_up(about: &Value) -> Self {
        let text = |name: &str| about[name].as_str().unwrap().to_owned();
        let address = text("endpoint").replace("http://", "");
        let keys = ["access_key_id", "secret_access_key", "partner_access_key_id", "partner_secret_access_key"].map(text);
        let run = std::process::id();
        let source = format!("aws.partner/ilert.com/bench/{run}");
        let lab = Self { address, source, queue_url: String::new(), keys };
        let queue_url = lab.chain(&text("account_id"), run).await;
        Self { queue_url, ..lab }
    }

    async fn chain(&self, account: &str, run: u32) -> String {
        let (mut wire, name) = (self.connect().await, format!("bench-{run}"));
        let bus = &self.source;
        wire.json(self.partner("CreatePartnerEventSource", &json!({"Name": bus, "Account": account}))).await;
        wire.json(self.events("CreateEventBus", &json!({"Name": bus, "EventSourceName": bus}))).await;
        let pattern = json!({"account": [account]}).to_string();
        let rule = wire.json(self.events("PutRule", &json!({"Name": name, "EventBusName": bus, "EventPattern": pattern}))).await;
        let arn = format!("arn:aws:sqs:{}:{account}:{name}", crate::wire::REGION);
        let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": arn,
            "Principal": {"Service": "events.amazonaws.com"}, "Condition": {"ArnEquals": {"aws:SourceArn": rule["RuleArn"]}}}]});
        let create = json!({"QueueName": name, "Attributes": {"Policy": policy.to_string()}});
        let queue = wire.json(self.sqs("CreateQueue", &create)).await;
        let targets = json!({"Rule": name, "EventBusName": bus, "Targets": [{"Id": "t1", "Arn": arn}]});
        wire.json(self.events("PutTargets", &targets)).await;
        queue["QueueUrl"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn connect(&self) -> Wire {
        Wire::connect(&self.address).await.expect("it listens")
    }

    /// A request of the partner to EventBridge.
    pub(crate) fn partner(&self, operation: &str, body: &Value) -> crate::wire::Signed {
        Ask::json(&self.address, EVENTS, operation, body).signed((&self.keys[2], &self.keys[3]))
    }

    /// A request of the customer to SQS.
    pub(crate) fn sqs(&self, operation: &str, body: &Value) -> crate::wire::Signed {
        Ask::json(&self.address, SQS, operation, body).signed((&self.keys[0], &self.keys[1]))
    }

    fn events(&self, operation: &str, body: &Value) -> crate::wire::Signed {
        Ask::json(&self.address, EVENTS, operation, body).signed((&self.keys[0], &self.keys[1]))
    }
}
