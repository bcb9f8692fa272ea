//! A diagnosis as the window shows it: check by check, and one repair at a time.

use waybill_console::view::{CheckOutcome, CheckView, DiagnosisProgress, DiagnosisView};

use super::world::{Wanted, World, causes, told_check};

fn check<'a>(diagnosis: &'a DiagnosisView, id: &str) -> &'a CheckView {
    diagnosis.checks.iter().find(|check| check.id == id).unwrap()
}

fn plan(diagnosis: &DiagnosisView, id: &str) -> String {
    check(diagnosis, id).repair.as_ref().unwrap().plan.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_no_answer_is_told_first_and_every_request_is_accounted_for() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    let mut told = Vec::new();
    let whole = world.console.diagnose_live(Some(&action), |progress| told.push(progress)).await.unwrap();
    let first: Vec<&str> = told.iter().filter_map(told_check).take(2).map(|check| check.id.as_str()).collect();
    assert_eq!(first, ["event-type-not-chosen", "manual-mode"], "Waybill knows these by itself");
    assert_eq!(whole.calls as usize, whole.requests.len());
    let called = |call: &str| whole.requests.iter().filter(|request| request.call == call).count();
    assert_eq!(
        (called("events:DescribeRule"), called("sqs:GetQueueAttributes")),
        (1, 2),
        "each thing is read once; the queue and its dead-letter queue"
    );
    assert!(whole.requests.iter().filter(|request| request.call != "sts:GetCallerIdentity").all(|request| request.request_id.is_some()));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diagnosis_can_be_ended_and_begun_again() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    let end = |progress| {
        if matches!(progress, DiagnosisProgress::Began { .. }) {
            world.console.cancel_diagnosis(&action).unwrap();
        }
    };
    let ended = world.console.diagnose_live(Some(&action), end).await.unwrap_err();
    assert!(ended.sentence().contains("ended"), "{}", ended.sentence());
    assert!(world.diagnose(&action).await.healthy, "the next one is not ended with it");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_repair_mends_one_cause_and_only_as_it_was_shown() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    for fault in ["rule-disabled", "queue-policy"] {
        world.console.inject_fault(fault, Some(&action)).await.unwrap();
    }
    let found = world.diagnose(&action).await;
    assert!(found.undoable.is_none(), "nothing was repaired yet");
    let plan_of_rule = plan(&found, "rule-disabled");
    let half = world.console.repair_check(Some(&action), ("rule-disabled", &plan_of_rule), drop).await.unwrap();
    assert_eq!(causes(&half).into_iter().collect::<Vec<_>>(), ["queue-policy"], "nothing but what was asked for is repaired");
    assert!(half.proof.is_none(), "what is known to be broken is not proven");
    assert_eq!(half.undoable.as_ref().unwrap().steps[0].call, "events:EnableRule");
    let before = world.everything().await;
    for (id, plan) in [("rule-disabled", plan_of_rule.as_str()), ("queue-policy", "another"), ("no-such-check", ""), ("retention", "")] {
        let refused = world.console.repair_check(Some(&action), (id, plan), drop).await.unwrap_err();
        println!("{id}: {}", refused.sentence());
    }
    assert_eq!(world.everything().await, before, "a repair that is not the one that was shown changes nothing");
    let mut told = Vec::new();
    let shown = plan(&half, "queue-policy");
    let whole = world.console.repair_check(Some(&action), ("queue-policy", &shown), |progress| told.push(progress)).await.unwrap();
    assert!(whole.healthy && whole.proof.is_some_and(|run| run.proven), "{}", whole.sentence);
    assert_eq!(whole.repaired.len(), 1);
    let stages = told.iter().filter(|progress| told_check(progress).is_none()).map(|progress| match progress {
        DiagnosisProgress::Repaired { .. } => "repaired",
        DiagnosisProgress::Proving => "proving",
        _ => "began",
    });
    assert_eq!(stages.collect::<Vec<_>>(), ["began", "repaired", "began", "proving", "began"]);
    world.console.undo_repair(Some(&action)).await.unwrap();
    let again = world.diagnose(&action).await;
    assert_eq!(check(&again, "queue-policy").outcome, CheckOutcome::Cause, "the newest repair is taken back first");
    assert_eq!(check(&again, "rule-disabled").outcome, CheckOutcome::Healthy);
    world.stop().await;
}
