//! The program under a key that may only read: what cannot be read says which permission is missing, and nothing breaks.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use waybill_load::{Ask, KMS, Wire};

use crate::support::{ADMIN, Answer, Cloud, REGION, Serving, Waybill};

/// Everything that a diagnosis of this chain asks, with the end of the resource that it asks about.
const READS: [(&str, &str); 9] = [
    ("events:DescribeEventSource", "event-source/aws.partner/"),
    ("events:DescribeEventBus", "event-bus/aws.partner/"),
    ("events:DescribeRule", "rule/aws.partner/"),
    ("events:ListTargetsByRule", "rule/aws.partner/"),
    ("sqs:GetQueueUrl", ":letters"),
    ("sqs:GetQueueAttributes", "arn:aws:sqs:"),
    ("sqs:ReceiveMessage", "arn:aws:sqs:"),
    ("kms:DescribeKey", "key/"),
    ("kms:GetKeyPolicy", "key/"),
];

struct World {
    waybill: Waybill,
    serving: Serving,
    runtime: tokio::runtime::Runtime,
}

impl World {
    /// A proven chain with an encrypted queue and a dead-letter queue that holds an event.
    fn start() -> Self {
        let waybill = Waybill::with_fixed_key();
        let serving = waybill.serve(&[]);
        waybill.json(&["verify"]);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let world = Self { waybill, serving, runtime };
        world.encrypt(&world.serving.cloud());
        world
    }

    fn encrypt(&self, cloud: &Cloud) {
        use aws_sdk_eventbridge::types::DeadLetterConfig;
        use aws_sdk_sqs::types::QueueAttributeName::KmsMasterKeyId;
        let (bus, queue) = (cloud.source(), cloud.queue());
        let events = json!({ "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*" });
        let owner =
            json!({ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::123456789012:root" }, "Action": "kms:*", "Resource": "*" });
        let policy = json!({ "Version": "2012-10-17", "Statement": [owner, events] });
        let host = self.serving.address().to_owned();
        let key = self.ask(Ask::json(&host, KMS, "CreateKey", &json!({ "Policy": policy.to_string() })));
        let key = key["KeyMetadata"]["Arn"].as_str().unwrap();
        cloud.wait(cloud.sqs.set_queue_attributes().queue_url(&queue).attributes(KmsMasterKeyId, key).send()).unwrap();
        let letters = cloud.new_queue("letters");
        let send = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" },
            "Action": "sqs:SendMessage", "Resource": "*" }] });
        cloud.set_policy(&letters, &send.to_string());
        cloud.wait(cloud.sqs.send_message().queue_url(&letters).message_body("{}").send()).unwrap();
        let rule = cloud.rule(&bus);
        let mut target = cloud.targets(&bus, &rule).remove(0);
        target.dead_letter_config = Some(DeadLetterConfig::builder().arn(cloud.arn(&letters)).build());
        cloud.wait(cloud.events.put_targets().event_bus_name(&bus).rule(&rule).targets(target).send()).unwrap();
    }

    fn ask(&self, ask: Ask) -> Value {
        self.runtime.block_on(async {
            let mut wire = Wire::connect(self.serving.address()).await.unwrap();
            wire.json(ask.signed(ADMIN)).await.unwrap()
        })
    }

    /// Runs the program with a key of this identity policy.
    fn as_user(&self, policy: &Value, arguments: &[&str]) -> Answer {
        self.serving.as_user(&self.waybill, policy, &[arguments, &["--format", "json"]].concat())
    }
}

fn allow<'a>(actions: impl IntoIterator<Item = &'a str>) -> Value {
    let actions: Vec<&str> = actions.into_iter().collect();
    json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": actions, "Resource": "*" }] })
}

/// The permissions that the unknown checks of a diagnosis name: action and resource.
fn missing(diagnosis: &Value) -> BTreeSet<(String, String)> {
    let checks = diagnosis["checks"].as_array().unwrap().iter();
    let unknown = checks.filter(|check| check["outcome"] == "unknown");
    let named = unknown.filter_map(|check| {
        let mut parts = check["explanation"].as_str()?.split("the IAM action `").nth(1)?.split('`');
        Some((parts.next()?.to_owned(), parts.nth(1).unwrap_or_default().to_owned()))
    });
    named.collect()
}

#[test]
fn each_read_that_is_forbidden_is_named_with_its_resource_and_nothing_else_is() {
    let world = World::start();
    let all = || READS.iter().map(|(action, _)| *action);
    let whole = world.as_user(&allow(all()), &["doctor"]);
    assert_eq!((whole.code, missing(&whole.json())), (Some(0), BTreeSet::new()), "these actions are enough for every check: {whole:?}");
    for (removed, about) in READS {
        let answer = world.as_user(&allow(all().filter(|action| *action != removed)), &["doctor"]);
        let named = missing(&answer.json());
        eprintln!("without {removed}: exit {:?}, missing {named:?}", answer.code);
        assert_eq!(answer.code, Some(0), "what cannot be read is no cause: {answer:?}");
        let actions: BTreeSet<&str> = named.iter().map(|(action, _)| action.as_str()).collect();
        assert_eq!(actions, BTreeSet::from([removed]), "exactly what was taken away");
        assert!(
            named.iter().all(|(_, resource)| resource.starts_with("arn:aws:") && resource.contains(REGION) && resource.contains(about)),
            "{named:?}"
        );
    }
}

#[test]
fn a_key_that_may_only_read_breaks_no_command() {
    let world = World::start();
    let reads = || READS.iter().map(|(action, _)| *action);
    let nothing = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "*", "Resource": "*" }] });
    let blind = world.as_user(&nothing, &["doctor"]);
    let actions: BTreeSet<String> = missing(&blind.json()).into_iter().map(|(action, _)| action).collect();
    eprintln!("without any permission: exit {:?}, missing {actions:?}", blind.code);
    assert_eq!((blind.code, actions.len()), (Some(0), 5), "four of EventBridge, one of SQS: {actions:?}");
    world.waybill.json(&["sandbox", "faults", "inject", "rule-disabled"]);
    let fixed = world.as_user(&allow(reads()), &["doctor", "--fix"]);
    let answer = fixed.json();
    let why = answer["repair_failed"].as_str().unwrap_or_default();
    eprintln!("doctor --fix: exit {:?}, {why}", fixed.code);
    assert!(fixed.code == Some(1) && why.contains("events:EnableRule"), "{fixed:?}");
    world.waybill.json(&["sandbox", "faults", "reset"]);
    let seeing = world.as_user(&allow(reads()), &["verify", "--timeout", "2s"]);
    assert_eq!((seeing.code, &seeing.json()["proven"]), (Some(0), &json!(true)), "what may be received is proven: {seeing:?}");
    let blind = world.as_user(&nothing, &["verify", "--timeout", "2s"]);
    eprintln!("verify without any permission: exit {:?}, {}", blind.code, blind.err.trim());
    assert!(matches!(blind.code, Some(1..=3)) && !blind.err.contains("panicked"), "not proven, and no crash: {blind:?}");
}
