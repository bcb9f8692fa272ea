//! The fault lab over all alert actions.

use std::collections::BTreeSet;

use super::world::{Wanted, World, causes};

#[tokio::test(flavor = "multi_thread")]
async fn one_fault_is_taken_back_and_the_others_stay_in_force() {
    let world = World::start().await;
    let (ops, shop) = (world.chain(&Wanted::named("ops")).await, world.chain(&Wanted::named("shop")).await);
    for (fault, action) in [("rule-disabled", &ops), ("queue-policy", &ops), ("manual-mode", &shop)] {
        world.console.inject_fault(fault, Some(action)).await.unwrap();
    }
    let faults = world.console.retract_fault("rule-disabled", Some(&ops)).await.unwrap();
    let active: Vec<&str> = faults.iter().filter(|fault| fault.active).map(|fault| fault.id.as_str()).collect();
    assert_eq!(active, ["queue-policy"], "the answer is about the chain that was asked about");
    assert_eq!(of_all(&world).await, [("ops".to_owned(), "queue-policy".to_owned()), ("shop".to_owned(), "manual-mode".to_owned())]);
    assert_eq!(causes(&world.diagnose(&ops).await), BTreeSet::from(["queue-policy".to_owned()]), "the doctor sees the same");
    assert!(world.console.reset_every_fault().await.unwrap().is_empty(), "a reset is of everything, whichever chain it broke");
    for action in [&ops, &shop] {
        assert!(world.diagnose(action).await.healthy, "{action} is as it was before");
    }
    world.stop().await;
}

/// What is in force, as alert action and fault.
async fn of_all(world: &World) -> Vec<(String, String)> {
    world.console.active_faults().await.unwrap().into_iter().map(|fault| (fault.action, fault.id)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_action_is_broken_and_put_back_although_aws_throttles() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    assert!(world.prove(&action).await);
    world.console.inject_fault("throttling", Some(&action)).await.unwrap();
    for fault in ["manual-mode", "event-type-not-chosen"] {
        world.console.inject_fault(fault, Some(&action)).await.unwrap();
        let named = causes(&world.diagnose(&action).await);
        assert!(named.contains(fault) && named.contains("throttling"), "{fault}: {named:?}");
        world.console.retract_fault(fault, Some(&action)).await.unwrap();
    }
    assert_eq!(of_all(&world).await, [("ops".to_owned(), "throttling".to_owned())], "only what was not taken back");
    world.console.reset_faults(Some(&action)).await.unwrap();
    assert!(world.diagnose(&action).await.healthy);
    world.stop().await;
}
