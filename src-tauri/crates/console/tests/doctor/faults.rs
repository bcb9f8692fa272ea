//! Each fault by itself.

use std::collections::BTreeSet;

use waybill_console::view::CheckOutcome;

use super::world::{Wanted, World, causes, with};

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_named_as_what_it_is() {
    let world = World::start().await;
    let plain = world.chain(&Wanted::named("plain")).await;
    let fifo = world.chain(&Wanted { fifo: true, dead_letter: false, ..Wanted::named("fifo") }).await;
    for action in [&plain, &fifo] {
        assert!(world.prove(action).await);
        let first = world.diagnose(action).await;
        println!("{}: healthy {}, {} calls, {} ms", first.action, first.healthy, first.calls, first.duration_ms);
        assert!(first.healthy, "{}", first.sentence);
    }
    let mut wrong = Vec::new();
    for fault in world.console.faults(Some(&plain)).await.unwrap() {
        let action = if fault.id == "queue-fifo" { &fifo } else { &plain };
        world.console.inject_fault(&fault.id, Some(action)).await.unwrap();
        if fault.needs_proof {
            // An event that comes twice has come.
            let proven = fault.id == "duplicated";
            assert_eq!(world.prove(action).await, proven, "{}: what a proof comes to while it is in force", fault.id);
        }
        let diagnosis = world.diagnose(action).await;
        let named = causes(&diagnosis);
        println!(
            "{:24} {:24} {named:?} ({} calls, {} ms)",
            fault.id,
            fault.check.as_deref().unwrap_or("-"),
            diagnosis.calls,
            diagnosis.duration_ms
        );
        // A change of a moment ago is suspect, once it can be told from Waybill's own.
        let expected: BTreeSet<String> = fault.check.iter().filter(|check| *check != "propagation").cloned().collect();
        if named != expected {
            let unknown = with(&diagnosis, CheckOutcome::Unknown);
            wrong.push(format!("{}: {named:?} instead of {expected:?}; unknown {unknown:?}", fault.id));
        }
        world.console.reset_faults(Some(action)).await.unwrap();
        if fault.needs_proof {
            assert!(world.prove(action).await, "{}: the chain is whole after the reset", fault.id);
        }
        let after = world.diagnose(action).await;
        if !after.healthy {
            wrong.push(format!("{} after the reset: {:?}", fault.id, causes(&after)));
        }
    }
    world.stop().await;
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_that_does_not_fit_or_is_not_known_is_refused_and_changes_nothing() {
    let world = World::start().await;
    let action = world.chain(&Wanted { dead_letter: false, ..Wanted::named("ops") }).await;
    let before = world.everything().await;
    for fault in ["queue-fifo", "dead-letters", "dead-letter-queue", "no-such-fault"] {
        let refused = world.console.inject_fault(fault, Some(&action)).await.unwrap_err();
        println!("{fault}: {}", refused.sentence());
    }
    assert_eq!(world.everything().await, before);
    world.stop().await;
}
