//! Repairs: made, proven, taken back.

use serde_json::{Value, json};

use super::world::{Wanted, World, causes};

#[tokio::test(flavor = "multi_thread")]
async fn every_repair_is_proven_and_can_be_taken_back() {
    let world = World::start().await;
    let plain = world.chain(&Wanted::named("plain")).await;
    let fifo = world.chain(&Wanted { fifo: true, dead_letter: false, ..Wanted::named("fifo") }).await;
    assert!(world.prove(&plain).await && world.prove(&fifo).await);
    let (mut wrong, mut repaired) = (Vec::new(), 0);
    for fault in world.console.faults(Some(&plain)).await.unwrap().into_iter().filter(|fault| !fault.needs_proof) {
        let action = if fault.id == "queue-fifo" { &fifo } else { &plain };
        world.console.inject_fault(&fault.id, Some(action)).await.unwrap();
        let broken = world.everything().await;
        let found = world.diagnose(action).await;
        let has_repair = found.checks.iter().any(|check| Some(&check.id) == fault.check.as_ref() && check.repair.is_some());
        if has_repair && causes(&found).len() == 1 {
            repaired += 1;
            let mended = world.console.repair(Some(action)).await.unwrap();
            let proven = mended.proof.as_ref().is_some_and(|run| run.proven);
            let done: Vec<&str> = mended.repaired.iter().map(|check| check.id.as_str()).collect();
            println!("{:24} repaired {done:?}, proven {proven}", fault.id);
            if !mended.healthy || !proven {
                wrong.push(format!("{}: healthy {}, proven {proven}, {:?}", fault.id, mended.healthy, mended.repair_failed));
            }
            world.console.undo_repair(Some(action)).await.unwrap();
            let mut after = world.everything().await;
            if fault.id == "bus-missing" {
                // Nobody can make a source active that has no bus: without it, it is pending.
                after = serde_json::from_str(&after.to_string().replace("PENDING", "ACTIVE")).unwrap();
            }
            if after != broken {
                wrong.push(format!("{}: the undo left\n{after}\ninstead of\n{broken}", fault.id));
            }
        } else {
            println!("{:24} has no repair", fault.id);
        }
        world.console.reset_faults(Some(action)).await.unwrap();
    }
    world.stop().await;
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(repaired >= 20, "only {repaired} faults had a repair");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_foreign_statements_stay_through_repair_and_undo() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    let foreign: Vec<Value> = (0..10)
        .map(|n| {
            json!({
                "Sid": format!("foreign-{n}"), "Effect": "Allow", "Principal": { "AWS": format!("{:012}", 100_000 + n) },
                "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-central-1:123456789012:ops",
            })
        })
        .collect();
    let policy = json!({ "Version": "2008-10-17", "Id": "theirs", "Statement": foreign });
    world.set_policy("ops", &policy).await;
    assert_eq!(causes(&world.diagnose(&action).await).into_iter().collect::<Vec<_>>(), ["queue-policy"]);
    let mended = world.console.repair(Some(&action)).await.unwrap();
    assert!(mended.healthy && mended.proof.is_some_and(|run| run.proven), "{}", mended.sentence);
    let now = world.policy("ops").await;
    let kept = now["Statement"].as_array().unwrap();
    assert_eq!((kept.len(), &kept[..10], &now["Id"]), (11, &foreign[..], &json!("theirs")), "one statement more, ten as they were");
    world.console.undo_repair(Some(&action)).await.unwrap();
    assert_eq!(world.policy("ops").await, policy, "as before");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_policy_keeps_its_foreign_statements_through_repair_and_undo() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    let of_account = json!({ "Sid": "owner", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::123456789012:root" }, "Action": "kms:*", "Resource": "*" });
    let foreign: Vec<Value> = std::iter::once(of_account)
        .chain((0..9).map(|n| {
            let service = format!("service-{n}.amazonaws.com");
            json!({ "Sid": format!("foreign-{n}"), "Effect": "Allow", "Principal": { "Service": service }, "Action": ["kms:Decrypt"], "Resource": "*" })
        }))
        .collect();
    let policy = json!({ "Version": "2012-10-17", "Id": "theirs", "Statement": foreign });
    let key = world.key(&policy).await;
    world.set_queue("ops", &json!({ "KmsMasterKeyId": key })).await;
    let before = world.everything().await;
    let found = world.diagnose(&action).await;
    assert_eq!(causes(&found).into_iter().collect::<Vec<_>>(), ["queue-key"]);
    let mended = world.console.repair(Some(&action)).await.unwrap();
    assert!(mended.healthy && mended.proof.is_some_and(|run| run.proven), "{}", mended.sentence);
    let now = &world.everything().await["keys"][&key]["Policy"];
    let kept = now["Statement"].as_array().unwrap();
    assert_eq!((kept.len(), &kept[..10], &now["Id"]), (11, &foreign[..], &json!("theirs")), "one statement more, ten as they were");
    world.console.undo_repair(Some(&action)).await.unwrap();
    assert_eq!(world.everything().await, before, "as before");
    let calls = world.console.activity(&Default::default(), None, 500).await.unwrap().calls;
    let written = calls.iter().filter(|call| call.operation.contains("PutKeyPolicy")).count();
    assert_eq!(written, 2, "the repair and its undo stand in the Activity");
    world.stop().await;
}
