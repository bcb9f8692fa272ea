//! A rule with its queue, reached over the wire; every call says by `None` that the process is gone.

use serde_json::{Value, json};

use crate::child::Child;
use waybill_load::{Ask, EVENTS, SQS, Service, Wire};

/// A message of the queue.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) number: u32,
    pub(crate) id: String,
    handle: String,
}

pub(crate) struct Chain {
    address: String,
    keys: (String, String),
}

const QUEUE: &str = "arn:aws:sqs:eu-central-1:123456789012:inbox";

impl Chain {
    pub(crate) fn of(child: &Child) -> Self {
        let text = |name: &str| child.about[name].as_str().unwrap().to_owned();
        Self { address: text("address"), keys: (text("id"), text("secret")) }
    }

    pub(crate) async fn set_up(&self) {
        let mut wire = self.connect().await.unwrap();
        let policy = json!({"Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
            "Resource": QUEUE}]});
        let attributes = json!({"Policy": policy.to_string(), "VisibilityTimeout": "1"});
        for (service, operation, body) in [
            (SQS, "CreateQueue", json!({"QueueName": "inbox", "Attributes": attributes})),
            (EVENTS, "PutRule", json!({"Name": "all", "EventPattern": r#"{"source":["lasting"]}"#})),
            (EVENTS, "PutTargets", json!({"Rule": "all", "Targets": [{"Id": "t1", "Arn": QUEUE}]})),
        ] {
            assert!(self.ask(&mut wire, service, (operation, &body)).await.is_some(), "{operation}");
        }
    }

    pub(crate) async fn connect(&self) -> Option<Wire> {
        Wire::connect(&self.address).await.ok()
    }

    async fn ask(&self, wire: &mut Wire, service: Service, (operation, body): (&str, &Value)) -> Option<Value> {
        let request = Ask::json(&self.address, service, operation, body).signed((&self.keys.0, &self.keys.1));
        let (status, body) = wire.send(request).await.ok()?;
        assert_eq!(status.as_u16(), 200, "{operation}: {body:?}");
        Some(serde_json::from_slice(&body).unwrap())
    }

    pub(crate) async fn publish(&self, wire: &mut Wire, numbers: &[u32]) -> Option<()> {
        let entry = |number: &u32| {
            let detail = json!({"number": number, "padding": "x".repeat(300)}).to_string();
            json!({"Source": "lasting", "DetailType": "t", "Detail": detail})
        };
        let entries: Vec<Value> = numbers.iter().map(entry).collect();
        let answer = self.ask(wire, EVENTS, ("PutEvents", &json!({"Entries": entries}))).await?;
        assert_eq!(answer["FailedEntryCount"], 0, "{answer}");
        Some(())
    }

    fn url(&self) -> String {
        format!("http://{}/123456789012/inbox", self.address)
    }

    pub(crate) async fn receive(&self, wire: &mut Wire) -> Option<Vec<Message>> {
        let body = json!({"QueueUrl": self.url(), "MaxNumberOfMessages": 10, "WaitTimeSeconds": 1});
        let answer = self.ask(wire, SQS, ("ReceiveMessage", &body)).await?;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let message = |message: &Value| {
            let event: Value = serde_json::from_str(message["Body"].as_str().unwrap()).unwrap();
            let number = u32::try_from(event["detail"]["number"].as_u64().unwrap()).unwrap();
            Message { number, id: text(&message["MessageId"]), handle: text(&message["ReceiptHandle"]) }
        };
        Some(answer["Messages"].as_array().into_iter().flatten().map(message).collect())
    }

    pub(crate) async fn delete(&self, wire: &mut Wire, messages: &[Message]) -> Option<()> {
        let entry = |(index, message): (usize, &Message)| json!({"Id": index.to_string(), "ReceiptHandle": message.handle});
        let entries: Vec<Value> = messages.iter().enumerate().map(entry).collect();
        let answer = self.ask(wire, SQS, ("DeleteMessageBatch", &json!({"QueueUrl": self.url(), "Entries": entries}))).await?;
        assert!(answer["Failed"].as_array().is_none_or(Vec::is_empty), "{answer}");
        Some(())
    }
}
