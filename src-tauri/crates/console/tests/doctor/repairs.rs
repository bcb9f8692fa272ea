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
    let now = policy_of(&world).await;
    let kept = now["Statement"].as_array().unwrap();
    assert_eq!((kept.len(), &kept[..10], &now["Id"]), (11, &foreign[..], &json!("theirs")), "one statement more, ten as they were");
    world.console.undo_repair(Some(&action)).await.unwrap();
    assert_eq!(policy_of(&world).await, policy, "as before");
    world.stop().await;
}

async fn policy_of(world: &World) -> Value {
    let everything = world.everything().await;
    let queues = everything["queues"]["queues"].as_array().unwrap();
    let queue = queues.iter().find(|queue| queue["QueueArn"].as_str().is_some_and(|arn| arn.ends_with(":ops"))).unwrap();
    serde_json::from_str(queue["Policy"].as_str().unwrap()).unwrap()
}
