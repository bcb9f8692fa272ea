//! Set-ups that stopped on the way.

use crate::bench::{Bench, SOURCE, names};
use waybill_aws::CallErrorKind;
use waybill_setup::{
    ApplyFailure, ChainChange, ChainSpec, ChainState, Part, Permission, QueueChoice, Situation, StepId, StepStatus, UndoError, undo,
};

#[tokio::test]
async fn a_failed_step_is_named_and_can_be_retried() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    let events = bench.clients.events().clone();
    let is_rule = |change: &ChainChange| matches!(change, ChainChange::Intend(Part::Rule { .. }));
    bench.before(is_rule, move || async move {
        events.delete_event_bus().name(SOURCE).send().await.unwrap();
        Ok(())
    });
    let failed = bench.apply(&spec).await.unwrap_err();
    assert_eq!(failed.step, Some(StepId::Rule));
    let ApplyFailure::Call(call) = &failed.failure else { panic!("{failed:?}") };
    assert_eq!((call.operation, call.code.as_deref()), ("PutRule", Some("ResourceNotFoundException")));
    assert!(call.request_id.is_some());
    assert_eq!(failed.steps.last().unwrap().status, StepStatus::Failed);
    let retried = bench.apply(&spec).await.unwrap();
    assert_eq!(retried.observed.situation(), Situation::Associated, "the bus was made again");
}

#[tokio::test]
async fn a_queue_that_somebody_made_meanwhile_is_theirs() {
    let bench = Bench::start().await;
    let mut spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    spec.target.dead_letter = Some(QueueChoice::New("dead".parse().unwrap()));
    let sqs = bench.clients.sqs().clone();
    let is_dead = |change: &ChainChange| matches!(change, ChainChange::Intend(Part::Queue { dead_letter: true, .. }));
    bench.before(is_dead, move || async move {
        sqs.create_queue().queue_name("dead").send().await.unwrap();
        Ok(())
    });
    let applied = bench.apply(&spec).await.unwrap();
    let dead = applied.record.resources.iter().find(|resource| matches!(resource.part, Part::Queue { dead_letter: true, .. })).unwrap();
    assert!(!dead.made_by_waybill, "somebody else made it between the reading and the request, so it is theirs");
}

#[tokio::test]
async fn a_crash_after_making_is_resolved_by_reading() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    bench.crash_before(|change| matches!(change, ChainChange::Confirm(Part::Queue { .. })));
    let crashed = bench.apply(&spec).await.unwrap_err();
    assert_eq!(crashed.step, Some(StepId::Queue));
    assert_eq!(names(&crashed.made), ["event bus <source>", "rule all-incidents"], "the queue is intended only");
    bench.writes();
    let resumed = bench.apply(&spec).await.unwrap();
    assert_eq!(bench.writes(), ["SetQueueAttributes", "PutTargets"], "the queue is there and not made twice");
    assert_eq!(resumed.record.made_parts().len(), 5, "and it is Waybill's");
}

#[tokio::test]
async fn a_crash_before_making_is_resolved_by_making() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    bench.crash_before(|change| matches!(change, ChainChange::Intend(Part::Target { .. })));
    bench.apply(&spec).await.unwrap_err();
    bench.writes();
    bench.apply(&spec).await.unwrap();
    assert_eq!(bench.writes(), ["PutTargets"]);
}

#[tokio::test]
async fn a_cancel_keeps_what_was_made() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    let cancel = bench.cancel.clone();
    bench.before(
        |change| matches!(change, ChainChange::Confirm(Part::Bus { .. })),
        move || async move {
            cancel.cancel();
            Ok(())
        },
    );
    let cancelled = bench.apply(&spec).await.unwrap_err();
    assert!(matches!(cancelled.failure, ApplyFailure::Cancelled), "{cancelled:?}");
    assert_eq!(bench.writes(), ["CreateEventBus"], "no request after the cancel");
    assert_eq!((names(&cancelled.made), bench.record().state), (vec!["event bus <source>".to_owned()], ChainState::Partial));
}

#[tokio::test]
async fn an_outage_leaves_the_intention_for_later() {
    let mut bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    let sandbox = bench.sandbox.take().unwrap();
    bench.before(
        |change| matches!(change, ChainChange::Intend(Part::Queue { .. })),
        move || async move {
            sandbox.shutdown().await;
            Ok(())
        },
    );
    let failed = bench.apply(&spec).await.unwrap_err();
    assert_eq!(failed.step, Some(StepId::Queue));
    assert!(matches!(&failed.failure, ApplyFailure::Call(call) if call.kind == CallErrorKind::Unreachable), "{failed:?}");
    let intended = bench.record().resources.into_iter().find(|resource| !resource.confirmed).unwrap();
    assert!(matches!(intended.part, Part::Queue { .. }), "nobody knows yet, so it is neither made nor forgotten");
    assert!(matches!(undo(&bench.setup(), &bench.cancel).await, Err(UndoError::Call(_))));
}

#[tokio::test]
async fn a_renamed_rule_replaces_the_old_one() {
    let bench = Bench::start().await;
    let first = ChainSpec { permission: Permission::None, ..bench.spec() };
    bench.apply(&first).await.unwrap();
    bench.writes();
    let mut renamed = first.clone();
    renamed.rule.name = "renamed".parse().unwrap();
    let applied = bench.apply(&renamed).await.unwrap();
    let expected = ["PutRule", "SetQueueAttributes", "PutTargets", "RemoveTargets", "SetQueueAttributes", "DeleteRule"];
    assert_eq!(bench.writes(), expected, "two rules would deliver everything twice");
    assert_eq!(bench.observe(&first).await.rule.value, None);
    let policy = bench.policy("waybill-test-cc23670e").await.unwrap();
    assert!(
        policy.contains("rule/aws.partner/ilert.com/test/cc23670e-ad3e-4c38-8d45-d22c36ced352/renamed")
            && !policy.contains("all-incidents")
    );
    assert_eq!(applied.record.made_parts().len(), 5);
    assert_eq!(bench.apply(&renamed).await.unwrap().changes(), 0);
}

#[tokio::test]
async fn another_queue_takes_the_target_and_the_old_one_is_left_until_the_undo() {
    let bench = Bench::start().await;
    let mut spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    bench.apply(&spec).await.unwrap();
    spec.target.queue = QueueChoice::New("second".parse().unwrap());
    let applied = bench.apply(&spec).await.unwrap();
    assert_eq!(applied.observed.targets.value.len(), 1, "the one target moved");
    assert_eq!(bench.policy("waybill-test-cc23670e").await, None, "the old queue's statement went");
    let removed = names(&bench.undo().await.removed);
    assert!(removed.contains(&"queue second".to_owned()) && removed.contains(&"queue waybill-test-cc23670e".to_owned()), "{removed:?}");
}

#[tokio::test]
async fn a_chain_does_not_move_to_another_region_before_it_is_undone() {
    let bench = Bench::start().await;
    bench.apply(&bench.spec()).await.unwrap();
    bench.writes();
    let moved = ChainSpec { region: "us-east-1".parse().unwrap(), ..bench.spec() };
    let refused = bench.connected_to("us-east-1").await.apply(&moved).await.unwrap_err();
    assert!(matches!(&refused.failure, ApplyFailure::Blocked(why) if why.contains("eu-central-1")), "{refused:?}");
    assert!(bench.writes().is_empty());
}
