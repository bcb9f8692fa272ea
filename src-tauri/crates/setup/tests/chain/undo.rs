//! Undoing set-ups on the sandbox.

use crate::bench::{Bench, SOURCE, names};
use waybill_sandbox::{PartnerBusPermissions, SandboxConfig};
use waybill_setup::{ChainChange, ChainSpec, ChainState, Part, Permission, QueueChoice, Situation, UndoError, undo};

const QUEUE: &str = "waybill-test-cc23670e";

#[tokio::test]
async fn everything_that_was_made_is_removed_in_reverse_order() {
    let config = SandboxConfig { partner_bus_permissions: PartnerBusPermissions::Year2021, ..SandboxConfig::ephemeral() };
    let bench = Bench::with(config).await;
    let mut spec = bench.spec();
    spec.target.dead_letter = Some(QueueChoice::New("waybill-dead".parse().unwrap()));
    bench.apply(&spec).await.unwrap();
    bench.writes();
    let report = bench.undo().await;
    assert_eq!((report.kept, report.failed, report.adopted), (vec![], vec![], vec![]));
    let expected = [
        "RemoveTargets",
        "SetQueueAttributes",
        "SetQueueAttributes",
        "DeleteQueue",
        "DeleteQueue",
        "DeleteRule",
        "RemovePermission",
        "DeleteEventBus",
    ];
    assert_eq!(bench.writes(), expected);
    let after = bench.observe(&spec).await;
    assert_eq!(after.situation(), Situation::Unassociated, "the source is pending again");
    assert_eq!((after.queue.value, after.dead_letter.unwrap().value), (None, None));
    assert_eq!((bench.record().state, bench.record().resources.len()), (ChainState::Planned, 0));
}

#[tokio::test]
async fn foreign_things_are_left() {
    let bench = Bench::start().await;
    let foreign = r#"{"Version":"2012-10-17","Statement":[{"Sid":"theirs","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-central-1:123456789012:orders"}]}"#;
    let queue = bench.make_queue("orders", Some(foreign)).await;
    bench.clients.events().create_event_bus().name(SOURCE).event_source_name(SOURCE).send().await.unwrap();
    let mut spec = bench.spec();
    spec.target.queue = QueueChoice::Existing(queue);
    bench.apply(&spec).await.unwrap();
    let report = bench.undo().await;
    assert_eq!(names(&report.adopted), ["event bus <source>", "queue orders"]);
    let after = bench.observe(&spec).await;
    assert_eq!(after.situation(), Situation::Associated, "the bus was not Waybill's");
    assert_eq!((after.rule.value, after.queue.value.is_some()), (None, true));
    let policy: serde_json::Value = serde_json::from_str(&bench.policy("orders").await.unwrap()).unwrap();
    assert_eq!(policy, serde_json::from_str::<serde_json::Value>(foreign).unwrap(), "only Waybill's statement went");
}

#[tokio::test]
async fn what_others_use_by_now_is_kept() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    bench.apply(&spec).await.unwrap();
    let events = bench.clients.events();
    let theirs = r#"{"source":[{"prefix":"aws.partner"}]}"#;
    events.put_rule().name("theirs").event_bus_name(SOURCE).event_pattern(theirs).send().await.unwrap();
    let target = aws_sdk_eventbridge::types::Target::builder().id("t").arn("arn:aws:sqs:eu-central-1:123456789012:x").build().unwrap();
    events.put_targets().rule("all-incidents").event_bus_name(SOURCE).targets(target).send().await.unwrap();
    let report = bench.undo().await;
    let kept: Vec<_> = report.kept.iter().map(|kept| (kept.part.to_string().replace(SOURCE, "<source>"), kept.why.as_str())).collect();
    assert_eq!(
        kept,
        [
            ("rule all-incidents".to_owned(), "it has further targets: t"),
            ("event bus <source>".to_owned(), "its event bus has further rules: all-incidents, theirs"),
        ]
    );
    assert_eq!(bench.record().state, ChainState::Partial, "what was kept can be undone later");
    events.remove_targets().rule("all-incidents").event_bus_name(SOURCE).ids("t").send().await.unwrap();
    events.delete_rule().name("theirs").event_bus_name(SOURCE).send().await.unwrap();
    assert_eq!(names(&bench.undo().await.removed), ["rule all-incidents", "event bus <source>"]);
}

#[tokio::test]
async fn a_queue_that_another_rule_sends_to_is_kept() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    bench.apply(&spec).await.unwrap();
    let own = bench.policy(QUEUE).await.unwrap();
    let shared = own.replace("all-incidents-", "another-").replace("/all-incidents\"", "/another\"");
    let mut both: serde_json::Value = serde_json::from_str(&own).unwrap();
    let other: serde_json::Value = serde_json::from_str(&shared).unwrap();
    both["Statement"].as_array_mut().unwrap().push(other["Statement"][0].clone());
    bench.make_queue(QUEUE, Some(&both.to_string())).await;
    let report = bench.undo().await;
    assert_eq!(report.kept.len(), 1, "{report:?}");
    assert!(matches!(report.kept[0].part, Part::Queue { .. }));
    assert!(bench.policy(QUEUE).await.unwrap().contains("/another"));
}

#[tokio::test]
async fn a_failed_set_up_is_undone_as_far_as_it_came() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    bench.crash_before(|change| matches!(change, ChainChange::Confirm(Part::Queue { .. })));
    bench.apply(&spec).await.unwrap_err();
    let report = bench.undo().await;
    assert_eq!(
        names(&report.removed),
        ["queue waybill-test-cc23670e", "rule all-incidents", "event bus <source>"],
        "the unconfirmed queue too"
    );
    assert_eq!(bench.observe(&spec).await.queue.value, None);
}

#[tokio::test]
async fn undoing_twice_does_no_harm() {
    let bench = Bench::start().await;
    assert!(matches!(undo(&bench.setup(), &bench.cancel).await, Err(UndoError::NothingSetUp)));
    bench.apply(&bench.spec()).await.unwrap();
    bench.undo().await;
    bench.writes();
    assert_eq!(bench.undo().await, waybill_setup::UndoReport::default());
    assert!(bench.writes().is_empty());
}

#[tokio::test]
async fn what_is_gone_already_counts_as_removed() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    bench.apply(&spec).await.unwrap();
    let url = bench.record().queue_url.unwrap();
    bench.clients.sqs().delete_queue().queue_url(url).send().await.unwrap();
    let report = bench.undo().await;
    assert_eq!((report.removed.len(), report.kept.len(), report.failed.len()), (5, 0, 0));
}

#[tokio::test]
async fn an_activation_is_taken_back_unless_other_rules_live_on_it() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    let events = bench.clients.events();
    events.create_event_bus().name(SOURCE).event_source_name(SOURCE).send().await.unwrap();
    events.deactivate_event_source().name(SOURCE).send().await.unwrap();
    bench.apply(&spec).await.unwrap();
    bench.undo().await;
    assert_eq!(bench.observe(&spec).await.situation(), Situation::Inactive, "as it was before");
}
