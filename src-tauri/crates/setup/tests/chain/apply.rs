//! Setting up chains on the sandbox.

use crate::bench::{Bench, SOURCE, names};
use waybill_sandbox::{PartnerBusPermissions, SandboxConfig};
use waybill_setup::{
    ApplyFailure, ChainSpec, ChainState, Part, PatternChoice, Permission, QueueChoice, Situation, StepId, StepStatus, TargetSpec,
};

const FOREIGN: &str = r#"{"Sid":"theirs","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-central-1:123456789012:orders"}"#;

fn foreign_policy() -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{FOREIGN}]}}"#)
}

fn to_existing(spec: ChainSpec, queue: &str) -> ChainSpec {
    ChainSpec { target: TargetSpec { queue: QueueChoice::Existing(queue.parse().unwrap()), dead_letter: None }, ..spec }
}

#[tokio::test]
async fn a_fresh_chain_is_made_and_recorded_as_waybills() {
    let bench = Bench::start().await;
    let (applied, told) = bench.apply_told(&bench.spec()).await;
    let applied = applied.unwrap();
    assert_eq!(applied.observed.situation(), Situation::Associated);
    assert_eq!(
        names(&applied.record.made_parts()),
        [
            "event bus <source>",
            "rule all-incidents",
            "queue waybill-test-cc23670e",
            "statement waybill-all-incidents-20fc4c2c in the policy of queue waybill-test-cc23670e",
            "target waybill of rule all-incidents",
        ]
        .map(|name| name.replace("20fc4c2c", &digest(&applied.record.made_parts())))
    );
    assert_eq!((applied.record.state, applied.record.pattern.as_str()), (ChainState::Complete, r#"{"account":["123456789012"]}"#));
    assert!(applied.record.queue_url.as_deref().unwrap().ends_with("/123456789012/waybill-test-cc23670e"));
    let writes = bench.writes();
    assert_eq!(writes, ["CreateEventBus", "PutPermission", "PutRule", "CreateQueue", "SetQueueAttributes", "PutTargets"]);
    let running = told.iter().filter(|step| step.status == StepStatus::Running).count();
    assert_eq!(running, writes.len() + 1, "each write and TestEventPattern is told when it begins");
    assert!(told.iter().filter(|step| step.status == StepStatus::Done).all(|step| step.request_id.is_some()));
}

fn digest(parts: &[Part]) -> String {
    let sid = parts.iter().find_map(|part| if let Part::QueueStatement { sid, .. } = part { Some(sid) } else { None });
    sid.unwrap().rsplit('-').next().unwrap().to_owned()
}

#[tokio::test]
async fn todays_refusal_of_the_permission_is_told_and_fails_nothing() {
    let bench = Bench::start().await;
    let applied = bench.apply(&bench.spec()).await.unwrap();
    let step = applied.steps.iter().find(|step| step.id == StepId::Permission).unwrap();
    assert_eq!(step.status, StepStatus::Skipped);
    assert!(step.finding.starts_with("AWS no longer takes permissions on a partner event bus"), "{}", step.finding);
}

#[tokio::test]
async fn the_permission_of_2021_is_made_once() {
    let config = SandboxConfig { partner_bus_permissions: PartnerBusPermissions::Year2021, ..SandboxConfig::ephemeral() };
    let bench = Bench::with(config).await;
    let account = Permission::Account("210987654321".parse().unwrap());
    for permission in [Permission::MyOrganization, account, Permission::Organization("o-zzzzzzzzzz".into())] {
        let spec = ChainSpec { permission, ..bench.spec() };
        bench.apply(&spec).await.unwrap();
        assert!(bench.writes().contains(&"PutPermission"), "{:?} is given", spec.permission);
        assert_eq!(bench.apply(&spec).await.unwrap().changes(), 0);
        assert!(bench.writes().is_empty(), "{:?} is found the second time", spec.permission);
    }
}

#[tokio::test]
async fn applying_again_changes_nothing() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    let first = bench.apply(&spec).await.unwrap();
    bench.writes();
    let second = bench.apply(&spec).await.unwrap();
    assert_eq!((bench.writes(), second.changes()), (Vec::new(), 0));
    assert_eq!(second.record.resources, first.record.resources, "what Waybill made stays Waybill's");
    assert_eq!(second.record.state, ChainState::Complete);
}

#[tokio::test]
async fn a_foreign_queue_keeps_its_policy() {
    let bench = Bench::start().await;
    bench.make_queue("orders", Some(&foreign_policy())).await;
    let applied = bench.apply(&to_existing(bench.spec(), "orders")).await.unwrap();
    let policy = bench.policy("orders").await.unwrap();
    assert!(policy.contains(FOREIGN), "{policy} keeps the foreign statement to the letter");
    assert!(policy.contains(applied.record.spec.rule_arn().as_str()), "{policy} lets the rule send");
    let queue = applied.record.resources.iter().find(|resource| matches!(resource.part, Part::Queue { .. })).unwrap();
    assert!(!queue.made_by_waybill, "the queue was adopted");
}

#[tokio::test]
async fn a_dead_letter_queue_is_made_and_may_be_sent_to() {
    let bench = Bench::start().await;
    let mut spec = bench.spec();
    spec.target.dead_letter = Some(QueueChoice::New("waybill-dead".parse().unwrap()));
    let applied = bench.apply(&spec).await.unwrap();
    assert_eq!(applied.observed.targets.value[0].dead_letter.as_deref(), Some("arn:aws:sqs:eu-central-1:123456789012:waybill-dead"));
    assert!(bench.policy("waybill-dead").await.unwrap().contains(spec.rule_arn().as_str()));
    bench.writes();
    bench.apply(&ChainSpec { permission: Permission::None, ..spec }).await.unwrap();
    assert!(bench.writes().is_empty());
}

#[tokio::test]
async fn a_pending_source_with_its_bus_is_activated() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    bench.clients.events().create_event_bus().name(SOURCE).event_source_name(SOURCE).send().await.unwrap();
    bench.clients.events().deactivate_event_source().name(SOURCE).send().await.unwrap();
    assert_eq!(bench.observe(&spec).await.situation(), Situation::Inactive);
    let applied = bench.apply(&spec).await.unwrap();
    assert_eq!(bench.writes()[0], "ActivateEventSource");
    assert_eq!(applied.observed.situation(), Situation::Associated);
    assert!(!applied.record.made(&Part::Bus { name: SOURCE.into() }), "the bus was there");
}

#[tokio::test]
async fn a_source_made_again_under_its_name_is_activated() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    bench.apply(&spec).await.unwrap();
    let partner = bench.clients.partner().unwrap();
    partner.delete_partner_event_source().name(SOURCE).account("123456789012").send().await.unwrap();
    let blocked = bench.apply(&spec).await.unwrap_err();
    assert_eq!(blocked.step, Some(StepId::Associate));
    assert!(matches!(&blocked.failure, ApplyFailure::Blocked(why) if why.contains("partner deleted")), "{blocked:?}");
    bench.create_source().await;
    bench.writes();
    bench.apply(&spec).await.unwrap();
    assert_eq!(bench.writes(), ["ActivateEventSource"], "bus, rule and target were kept");
}

#[tokio::test]
async fn a_missing_source_is_told_before_anything_is_made() {
    let bench = Bench::start().await;
    let spec = ChainSpec { source: "aws.partner/ilert.com/other/1".parse().unwrap(), ..bench.spec() };
    let failed = bench.apply(&spec).await.unwrap_err();
    assert_eq!((failed.step, failed.made.len(), bench.writes().len()), (Some(StepId::Associate), 0, 0));
}

#[tokio::test]
async fn an_unreadable_policy_stops_before_it_is_touched() {
    let bench = Bench::start().await;
    bench.make_queue("orders", None).await;
    let spec = to_existing(bench.spec(), "orders");
    let deny = r#"{"Version":"2012-10-17","Statement":[{"Sid":"closed","Effect":"Deny","Principal":"*","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-central-1:123456789012:orders"}]}"#;
    bench.make_queue("orders", Some(deny)).await;
    let failed = bench.apply(&spec).await.unwrap_err();
    assert_eq!(failed.step, Some(StepId::QueuePolicy));
    assert_eq!(names(&failed.made), ["event bus <source>", "rule all-incidents"], "what was made is told");
    assert_eq!(bench.record().state, ChainState::Partial);
    assert_eq!(bench.policy("orders").await.as_deref(), Some(deny));
}

#[tokio::test]
async fn a_queue_that_is_closed_to_its_own_account_stops_before_anything_is_made() {
    let bench = Bench::start().await;
    let deny = r#"{"Version":"2012-10-17","Statement":[{"Sid":"closed","Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"arn:aws:sqs:eu-central-1:123456789012:orders"}]}"#;
    bench.make_queue("orders", Some(deny)).await;
    let failed = bench.apply(&to_existing(bench.spec(), "orders")).await.unwrap_err();
    assert_eq!((failed.step, failed.made.len(), bench.writes().len()), (None, 0, 0), "{failed:?}");
    assert!(matches!(&failed.failure, ApplyFailure::Call(error) if error.to_string().contains("orders")), "{failed:?}");
}

#[tokio::test]
async fn a_refused_field_stops_before_aws_is_asked() {
    let bench = Bench::start().await;
    let mut spec = bench.spec();
    spec.rule.pattern = PatternChoice::Own(r#"{"source":"x"}"#.into());
    let refused = bench.apply(&spec).await.unwrap_err();
    let ApplyFailure::Invalid(fields) = &refused.failure else { panic!("{refused:?}") };
    assert_eq!(fields[0].field, "Event pattern");
    assert!(bench.writes().is_empty());
}

#[tokio::test]
async fn another_account_or_region_is_refused() {
    let bench = Bench::start().await;
    let account = ChainSpec { account: "999999999999".parse().unwrap(), ..bench.spec() };
    let region = ChainSpec { region: "us-east-1".parse().unwrap(), ..bench.spec() };
    for spec in [account, region] {
        let refused = bench.apply(&spec).await.unwrap_err();
        assert!(matches!(refused.failure, ApplyFailure::Elsewhere(_)), "{refused:?}");
    }
    assert!(bench.writes().is_empty());
}

#[tokio::test]
async fn a_narrowed_rule_is_put_right_again() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    bench.apply(&spec).await.unwrap();
    let narrow = r#"{"detail-type":["incident-created"]}"#;
    bench.clients.events().put_rule().name("all-incidents").event_bus_name(SOURCE).event_pattern(narrow).send().await.unwrap();
    bench.writes();
    let applied = bench.apply(&spec).await.unwrap();
    assert_eq!(bench.writes(), ["PutRule"]);
    assert_eq!(applied.observed.rule.value.unwrap().pattern.unwrap(), spec.pattern());
}

#[tokio::test]
async fn a_foreign_rule_of_the_same_name_is_left_alone() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    let events = bench.clients.events();
    events.create_event_bus().name(SOURCE).event_source_name(SOURCE).send().await.unwrap();
    let theirs = r#"{"detail-type":["incident-created"]}"#;
    events.put_rule().name("all-incidents").event_bus_name(SOURCE).event_pattern(theirs).send().await.unwrap();
    let failed = bench.apply(&spec).await.unwrap_err();
    assert_eq!((failed.step, bench.writes().len()), (Some(StepId::Rule), 0));
    let mut taken = spec;
    taken.rule.pattern = PatternChoice::Own(theirs.into());
    let applied = bench.apply(&taken).await.unwrap();
    assert_eq!(applied.record.pattern, theirs, "its pattern is what is expected from now on");
    assert!(!bench.writes().contains(&"PutRule"));
}

#[tokio::test]
async fn a_foreign_rule_that_is_disabled_is_enabled_and_disabled_again_by_the_undo() {
    let bench = Bench::start().await;
    let spec = ChainSpec { permission: Permission::None, ..bench.spec() };
    let events = bench.clients.events();
    events.create_event_bus().name(SOURCE).event_source_name(SOURCE).send().await.unwrap();
    events.put_rule().name("all-incidents").event_bus_name(SOURCE).event_pattern(spec.pattern()).send().await.unwrap();
    events.disable_rule().name("all-incidents").event_bus_name(SOURCE).send().await.unwrap();
    bench.apply(&spec).await.unwrap();
    assert_eq!(bench.writes()[0], "EnableRule");
    assert!(bench.apply(&spec).await.unwrap().changes() == 0 && bench.writes().is_empty(), "nothing is left to do");
    bench.undo().await;
    let rule = bench.observe(&spec).await.rule.value.unwrap();
    assert!(!rule.enabled, "the rule is as it was, and still there");
}
