//! Chains that are as they must be, in every legitimate shape: nothing may be called a cause.

use serde_json::{Value, json};
use waybill_console::view::PatternForm;
use waybill_load::{EVENTS, SQS};

use super::dice::{Dice, number};
use super::world::{Wanted, World, causes};

/// What an administrator may have made of a chain beside Waybill.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Beside {
    Nothing,
    EncryptedQueue,
    EncryptedBySqs,
    ForeignStatements,
    FurtherTarget,
    OwnDeadLetterQueue,
    OtherTimes,
    FurtherRule,
}

const BESIDE: [Beside; 8] = [
    Beside::Nothing,
    Beside::EncryptedQueue,
    Beside::EncryptedBySqs,
    Beside::ForeignStatements,
    Beside::FurtherTarget,
    Beside::OwnDeadLetterQueue,
    Beside::OtherTimes,
    Beside::FurtherRule,
];

fn statement(sid: &str, principal: &Value, actions: &Value, condition: &Value) -> Value {
    json!({ "Sid": sid, "Effect": "Allow", "Principal": principal, "Action": actions, "Resource": "*", "Condition": condition })
}

/// The policy of a key as AWS's pages write it, one way or another.
fn key_policy(dice: &mut Dice) -> Value {
    let account = "123456789012";
    let owner = statement("owner", &json!({ "AWS": format!("arn:aws:iam::{account}:root") }), &json!("kms:*"), &json!({}));
    let events = json!({ "Service": ["sns.amazonaws.com", "events.amazonaws.com"] });
    let own = match dice.roll(4) {
        0 => statement("events", &events, &json!(["kms:Decrypt", "kms:GenerateDataKey"]), &json!({})),
        1 => statement(
            "events",
            &events,
            &json!(["kms:Decrypt", "kms:GenerateDataKey*"]),
            &json!({ "StringEquals": { "aws:SourceAccount": account } }),
        ),
        2 => statement(
            "events",
            &events,
            &json!("kms:*"),
            &json!({ "ArnLike": { "aws:SourceArn": format!("arn:aws:events:*:{account}:rule/*") } }),
        ),
        _ => statement(
            "via",
            &json!("*"),
            &json!("kms:*"),
            &json!({ "StringEquals": { "kms:ViaService": "sqs.eu-central-1.amazonaws.com" } }),
        ),
    };
    json!({ "Version": "2012-10-17", "Statement": [owner, own] })
}

async fn add_foreign_statements(world: &World, queue: &str) {
    let mut policy = world.policy(queue).await;
    let statements = policy["Statement"].as_array_mut().unwrap();
    let deny = |sid: &str, condition: Value| json!({ "Sid": sid, "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*", "Condition": condition });
    statements.push(deny("only-tls", json!({ "Bool": { "aws:SecureTransport": "false" } })));
    let outsiders = json!({ "StringNotEqualsIfExists": { "aws:PrincipalOrgID": world.organization() }, "BoolIfExists": { "aws:PrincipalIsAWSService": "false" } });
    statements.push(deny("only-ours", outsiders));
    statements.push(statement("reader", &json!({ "AWS": "arn:aws:iam::210987654321:root" }), &json!("sqs:ReceiveMessage"), &json!({})));
    world.set_policy(queue, &policy).await;
}

async fn rule_of(world: &World, name: &str) -> (String, Value) {
    let buses = world.call(EVENTS, "ListEventBuses", &json!({ "NamePrefix": "aws.partner/", "Limit": 100 })).await;
    for bus in buses["EventBuses"].as_array().unwrap() {
        let bus = bus["Name"].as_str().unwrap();
        let targets = world.call(EVENTS, "ListTargetsByRule", &json!({ "Rule": "all", "EventBusName": bus })).await;
        let target = &targets["Targets"][0];
        if target["Arn"].as_str().is_some_and(|arn| arn.rsplit(':').next() == Some(name)) {
            return (bus.to_owned(), target.clone());
        }
    }
    panic!("no rule sends to {name}");
}

/// A queue of somebody else that the rule may send to.
async fn other_queue(world: &World, name: &str) -> String {
    let policy = json!({ "Version": "2012-10-17", "Statement":
        [statement("events", &json!({ "Service": "events.amazonaws.com" }), &json!("sqs:SendMessage"), &json!({}))] });
    world.call(SQS, "CreateQueue", &json!({ "QueueName": name, "Attributes": { "Policy": policy.to_string() } })).await;
    format!("arn:aws:sqs:eu-central-1:123456789012:{name}")
}

async fn add(world: &World, dice: &mut Dice, beside: Beside, queue: &str) {
    let stem = queue.trim_end_matches(".fifo");
    match beside {
        Beside::Nothing => {}
        Beside::EncryptedQueue => {
            let key = world.key(&key_policy(dice)).await;
            world.set_queue(queue, &json!({ "KmsMasterKeyId": key })).await;
        }
        Beside::EncryptedBySqs => world.set_queue(queue, &json!({ "SqsManagedSseEnabled": "true" })).await,
        Beside::ForeignStatements => add_foreign_statements(world, queue).await,
        Beside::FurtherTarget => {
            let (bus, _) = rule_of(world, queue).await;
            let arn = other_queue(world, &format!("{stem}-copy")).await;
            let body = json!({ "Rule": "all", "EventBusName": bus, "Targets": [{ "Id": "copy", "Arn": arn }] });
            world.call(EVENTS, "PutTargets", &body).await;
        }
        Beside::OwnDeadLetterQueue => {
            let (bus, mut target) = rule_of(world, queue).await;
            target["DeadLetterConfig"] = json!({ "Arn": other_queue(world, &format!("{stem}-theirs")).await });
            world.call(EVENTS, "PutTargets", &json!({ "Rule": "all", "EventBusName": bus, "Targets": [target] })).await;
        }
        Beside::OtherTimes => {
            let times = json!({ "MessageRetentionPeriod": "3600", "VisibilityTimeout": "5", "MaximumMessageSize": "262144", "ReceiveMessageWaitTimeSeconds": "20" });
            world.set_queue(queue, &times).await;
        }
        Beside::FurtherRule => {
            let (bus, _) = rule_of(world, queue).await;
            let body = json!({ "Name": "another", "EventBusName": bus, "EventPattern": r#"{"detail-type":["alert-created"]}"#, "State": "DISABLED" });
            world.call(EVENTS, "PutRule", &body).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_healthy_chain_raises_an_alarm() {
    let (chains, seed) = (number("WAYBILL_DOCTOR_CHAINS", 16), number("WAYBILL_DOCTOR_SEED", 1));
    let mut dice = Dice(seed);
    let mut world = World::start().await;
    let mut wrong = Vec::new();
    for n in 0..chains {
        // An account has at most a hundred event buses.
        if n % 50 == 49 {
            world.stop().await;
            world = World::start().await;
        }
        let wanted = wanted(&mut dice, n);
        let beside = BESIDE[(n as usize + dice.roll(2)) % BESIDE.len()];
        let action = world.chain(&wanted).await;
        let queue = format!("{}{}", wanted.name, if wanted.fifo { ".fifo" } else { "" });
        add(&world, &mut dice, beside, &queue).await;
        let before = world.diagnose(&action).await;
        let proven = world.prove(&action).await;
        let after = world.diagnose(&action).await;
        println!("{beside:?} {} {}: {} calls, proven {proven}, healthy {}", wanted.mode, queue, after.calls, after.healthy);
        if !proven || !before.healthy || !after.healthy {
            wrong.push(format!("{wanted:?} with {beside:?}: proven {proven}, before {:?}, after {:?}", causes(&before), causes(&after)));
        }
    }
    world.stop().await;
    println!("seed {seed}: {chains} healthy chains, {} alarms", wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn wanted(dice: &mut Dice, n: u64) -> Wanted {
    let all = waybill_domain::EventType::ALL;
    let from = dice.roll(all.len());
    let types: Vec<String> = all[from..].iter().map(ToString::to_string).collect();
    let pattern = match dice.roll(4) {
        0 => PatternForm::EventTypes { event_types: types.clone() },
        1 => PatternForm::Own { text: r#"{"detail":{"status":["PENDING","ACCEPTED","RESOLVED"]}}"#.into() },
        2 => PatternForm::Own { text: r#"{"source":[{"prefix":"aws.partner/ilert.com/"}],"detail-type":[{"prefix":"incident-"}]}"#.into() },
        _ => PatternForm::AllEvents,
    };
    Wanted {
        types,
        pattern,
        mode: ["automatic", "manual"][dice.roll(2)],
        fifo: dice.roll(3) == 0,
        dead_letter: dice.roll(2) == 0,
        ..Wanted::named(&format!("chain-{n}"))
    }
}
