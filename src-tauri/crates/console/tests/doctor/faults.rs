//! Each fault by itself.

use std::collections::BTreeSet;

use serde_json::json;
use waybill_console::view::{CheckOutcome, DiagnosisView, FaultView};

use super::world::{Wanted, World, causes, with};

/// A row of the table.
fn row(fault: &FaultView, diagnosis: &DiagnosisView, is_right: bool) -> String {
    let list = |outcome| with(diagnosis, outcome).into_iter().collect::<Vec<_>>().join(", ");
    format!(
        "| {} | {} | {} | {} | {} | {} | {} |",
        fault.id,
        fault.check.as_deref().unwrap_or("–"),
        list(CheckOutcome::Cause),
        list(CheckOutcome::Suspect),
        with(diagnosis, CheckOutcome::Unknown).len(),
        diagnosis.calls,
        if is_right { "right" } else { "WRONG" },
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_named_as_what_it_is() {
    let world = World::start().await;
    let plain = world.chain(&Wanted::named("plain")).await;
    let fifo = world.chain(&Wanted { fifo: true, dead_letter: false, ..Wanted::named("fifo") }).await;
    for action in [&plain, &fifo] {
        assert!(world.prove(action).await);
        let first = world.diagnose(action).await;
        assert!(first.healthy, "{}", first.sentence);
    }
    let (mut table, mut wrong) = (Vec::new(), Vec::new());
    for fault in world.console.faults(Some(&plain)).await.unwrap() {
        let action = if fault.id == "queue-fifo" { &fifo } else { &plain };
        world.console.inject_fault(&fault.id, Some(action)).await.unwrap();
        if fault.needs_proof {
            // An event that comes twice has come.
            let proven = fault.id == "duplicated";
            assert_eq!(world.prove(action).await, proven, "{}: what a proof comes to while it is in force", fault.id);
        }
        let diagnosis = world.diagnose(action).await;
        let expected: BTreeSet<String> = fault.check.iter().cloned().collect();
        let is_right = causes(&diagnosis) == expected && diagnosis.healthy == expected.is_empty();
        if fault.id == "propagation" {
            assert!(with(&diagnosis, CheckOutcome::Suspect).contains("propagation"), "the doctor says to wait: {:?}", diagnosis.sentence);
        }
        table.push(row(&fault, &diagnosis, is_right));
        if !is_right {
            wrong.push(format!("{}: {:?} instead of {expected:?}", fault.id, causes(&diagnosis)));
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
    println!("| Fault | Check | Causes named | Suspect | Unknown | Calls | |\n|---|---|---|---|---|---|---|\n{}", table.join("\n"));
    println!("{} faults, {} wrong", table.len(), wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_found_is_said_in_full() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    assert!(world.prove(&action).await);
    for (fault, id, said) in [
        ("targets-full", "target-missing", "with 5 targets it takes no further one"),
        ("source-recreated", "source-inactive", "made again by the partner"),
        ("dead-letters", "dead-letters", "the queue failed for too long"),
        ("pattern-case", "pattern-mismatch", "Upper and lower case differ"),
        ("pattern-star", "pattern-mismatch", "no wildcard"),
        ("queue-key-disabled", "queue-key", "is disabled"),
        ("queue-key-policy", "queue-key", "events.amazonaws.com needs kms:GenerateDataKey and kms:Decrypt"),
    ] {
        world.console.inject_fault(fault, Some(&action)).await.unwrap();
        let diagnosis = world.diagnose(&action).await;
        let check = diagnosis.checks.iter().find(|check| check.id == id).unwrap();
        let is_cause = check.outcome == CheckOutcome::Cause;
        assert!(is_cause && check.explanation.contains(said), "{fault}: {:?} {}", check.outcome, check.explanation);
        world.console.reset_faults(Some(&action)).await.unwrap();
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_letter_is_explained_by_the_cause_that_its_code_tells_of() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    world.console.inject_fault("queue-policy", Some(&action)).await.unwrap();
    assert!(!world.prove(&action).await);
    let check = |diagnosis: &DiagnosisView| diagnosis.checks.iter().find(|check| check.id == "dead-letters").cloned().unwrap();
    let diagnosis = world.diagnose(&action).await;
    assert_eq!(causes(&diagnosis).into_iter().collect::<Vec<_>>(), ["queue-policy"]);
    let letters = check(&diagnosis);
    assert!(letters.explanation.contains("`queue-policy` says why"), "{}", letters.explanation);
    let evidence: Vec<&str> = letters.evidence.iter().map(|evidence| evidence.what.as_str()).collect();
    assert!(evidence.contains(&"ERROR_CODE") && evidence.contains(&"ERROR_MESSAGE"), "{evidence:?}");
    world.console.inject_fault("dead-letters", Some(&action)).await.unwrap();
    let diagnosis = world.diagnose(&action).await;
    assert_eq!(causes(&diagnosis).into_iter().collect::<Vec<_>>(), ["dead-letters", "queue-policy"], "an internal error is another cause");
    world.stop().await;
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

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_a_queue_cannot_have_is_named_and_replaced() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    for (key, said) in [
        ("11111111-2222-3333-4444-555555555555", "which does not exist"),
        ("arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555", "which does not exist"),
        ("arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555", "of region us-east-1"),
        ("alias/nobody-made-it", "which does not exist"),
    ] {
        world.set_queue("ops", &json!({ "KmsMasterKeyId": key, "SqsManagedSseEnabled": "false" })).await;
        let found = world.diagnose(&action).await;
        assert_eq!(causes(&found).into_iter().collect::<Vec<_>>(), ["queue-key"], "{key}");
        let check = found.checks.iter().find(|check| check.id == "queue-key").unwrap();
        assert!(check.explanation.contains(said), "{key}: {}", check.explanation);
        let mended = world.console.repair(Some(&action)).await.unwrap();
        assert!(mended.healthy && mended.proof.is_some_and(|run| run.proven), "{key}: {}", mended.sentence);
        world.console.undo_repair(Some(&action)).await.unwrap();
        assert_eq!(causes(&world.diagnose(&action).await).len(), 1, "{key}: as broken as before");
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_consumer_shows_on_a_queue_that_holds_messages_back() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    assert!(world.prove(&action).await);
    for faults in [["retention-delay", "other-consumers"], ["other-consumers", "retention-delay"]] {
        for fault in faults {
            world.console.inject_fault(fault, Some(&action)).await.unwrap();
        }
        let named = causes(&world.diagnose(&action).await);
        assert_eq!(named, BTreeSet::from(["other-consumers".to_owned(), "retention".to_owned()]), "{faults:?}");
        world.console.reset_faults(Some(&action)).await.unwrap();
    }
    world.stop().await;
}
