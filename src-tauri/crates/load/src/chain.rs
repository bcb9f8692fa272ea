//! The source, bus, rule and queue to measure with.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::ask::{Ask, EVENTS, SQS, Service, Signed};
use crate::plan::Via;
use crate::wire::{Wire, WireError};

/// Access keys of both sides.
#[derive(Clone)]
pub struct Access {
    /// Id and secret of the customer.
    pub customer: (String, String),
    /// Id and secret of the partner; the customer's where the endpoint knows no difference.
    pub partner: (String, String),
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access").field("customer", &self.customer.0).field("partner", &self.partner.0).finish_non_exhaustive()
    }
}

/// A chain that delivers, made for one measurement.
#[derive(Debug)]
pub(crate) struct Chain {
    address: String,
    access: Access,
    via: Via,
    name: String,
    bus: String,
    account: String,
    pub(crate) queue_url: String,
}

impl Chain {
    /// Makes it at `host:port`, under a name of its own.
    pub(crate) async fn set_up(address: &str, access: &Access, via: Via) -> Result<Self, WireError> {
        let id = Uuid::new_v4();
        let name = format!("bench-{}", &id.simple().to_string()[..12]);
        let bus = match via {
            Via::Partner => format!("aws.partner/ilert.com/bench/{id}"),
            Via::Custom => name.clone(),
        };
        let (account, queue_url) = (String::new(), String::new());
        let mut chain = Self { address: address.to_owned(), access: access.clone(), via, name, bus, account, queue_url };
        let mut wire = chain.connect().await?;
        let arn = chain.make_queue(&mut wire).await?;
        chain.make_bus(&mut wire).await?;
        let rule = json!({"Name": chain.name, "EventBusName": chain.bus, "EventPattern": chain.pattern().to_string()});
        let rule: Value = wire.json(chain.events("PutRule", &rule)).await?;
        let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": arn,
            "Principal": {"Service": "events.amazonaws.com"}, "Condition": {"ArnEquals": {"aws:SourceArn": rule["RuleArn"]}}}]});
        let attributes = json!({"QueueUrl": chain.queue_url, "Attributes": {"Policy": policy.to_string()}});
        let _: Value = wire.json(chain.sqs("SetQueueAttributes", &attributes)).await?;
        let targets = json!({"Rule": chain.name, "EventBusName": chain.bus, "Targets": [{"Id": "t1", "Arn": arn}]});
        let _: Value = wire.json(chain.events("PutTargets", &targets)).await?;
        Ok(chain)
    }

    /// The queue's ARN.
    async fn make_queue(&mut self, wire: &mut Wire) -> Result<String, WireError> {
        let queue: Value = wire.json(self.sqs("CreateQueue", &json!({"QueueName": self.name}))).await?;
        queue["QueueUrl"].as_str().unwrap_or_default().clone_into(&mut self.queue_url);
        let ask = json!({"QueueUrl": self.queue_url, "AttributeNames": ["QueueArn"]});
        let attributes: Value = wire.json(self.sqs("GetQueueAttributes", &ask)).await?;
        let arn = attributes["Attributes"]["QueueArn"].as_str().unwrap_or_default();
        arn.split(':').nth(4).unwrap_or_default().clone_into(&mut self.account);
        Ok(arn.to_owned())
    }

    async fn make_bus(&self, wire: &mut Wire) -> Result<(), WireError> {
        let mut bus = json!({"Name": self.bus});
        if self.via == Via::Partner {
            let source = json!({"Name": self.bus, "Account": self.account});
            let _: Value = wire.json(self.partner("CreatePartnerEventSource", &source)).await?;
            bus["EventSourceName"] = json!(self.bus);
        }
        wire.json::<Value>(self.events("CreateEventBus", &bus)).await.map(drop)
    }

    /// "All Events", as the console of the iLert page's time wrote it.
    fn pattern(&self) -> Value {
        json!({"account": [self.account]})
    }

    /// Takes everything away again.
    pub(crate) async fn remove(&self) -> Result<(), WireError> {
        let mut wire = self.connect().await?;
        let rule = json!({"Name": self.name, "EventBusName": self.bus});
        let targets = json!({"Rule": self.name, "EventBusName": self.bus, "Ids": ["t1"]});
        for request in [
            self.events("RemoveTargets", &targets),
            self.events("DeleteRule", &rule),
            self.events("DeleteEventBus", &json!({"Name": self.bus})),
            self.sqs("DeleteQueue", &json!({"QueueUrl": self.queue_url})),
        ] {
            let _: Value = wire.json(request).await?;
        }
        if self.via == Via::Partner {
            let source = json!({"Name": self.bus, "Account": self.account});
            let _: Value = wire.json(self.partner("DeletePartnerEventSource", &source)).await?;
        }
        Ok(())
    }

    /// One more connection.
    pub(crate) async fn connect(&self) -> Result<Wire, WireError> {
        Wire::connect(&self.address).await
    }

    /// The request that publishes these details.
    pub(crate) fn publish(&self, details: impl Iterator<Item = Value>) -> Signed {
        let entry = |detail: Value| {
            let mut entry = json!({"Source": "waybill.bench", "DetailType": "incident-created", "Resources": ["ilert"],
                "Detail": detail.to_string()});
            match self.via {
                Via::Partner => entry["Source"] = json!(self.bus),
                Via::Custom => entry["EventBusName"] = json!(self.bus),
            }
            entry
        };
        let entries = json!({"Entries": details.map(entry).collect::<Vec<_>>()});
        match self.via {
            Via::Partner => self.partner("PutPartnerEvents", &entries),
            Via::Custom => self.events("PutEvents", &entries),
        }
    }

    /// A request of the customer to SQS.
    pub(crate) fn sqs(&self, operation: &str, body: &Value) -> Signed {
        self.ask(SQS, (operation, body), &self.access.customer)
    }

    fn events(&self, operation: &str, body: &Value) -> Signed {
        self.ask(EVENTS, (operation, body), &self.access.customer)
    }

    fn partner(&self, operation: &str, body: &Value) -> Signed {
        self.ask(EVENTS, (operation, body), &self.access.partner)
    }

    fn ask(&self, service: Service, (operation, body): (&str, &Value), (id, secret): &(String, String)) -> Signed {
        Ask::json(&self.address, service, operation, body).signed((id, secret))
    }
}
