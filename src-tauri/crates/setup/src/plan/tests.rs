//! Plans of new, finished, foreign and broken chains.

use waybill_domain::Timestamp;

use super::*;
use crate::record::{ChainChange, Part};
use crate::tests::{all_made, nothing_made, source, spec};
use crate::{MyOrganization, Permission, QueueChoice, Read, SourceState, TargetSeen};

const NOW: Timestamp = Timestamp::from_millis(0);

fn standing(plan: &Plan) -> Vec<(&'static str, StepStatus)> {
    plan.steps.iter().map(|step| (step.id.as_str(), step.status)).collect()
}

fn status(plan: &Plan, id: StepId) -> StepStatus {
    plan.step(id).unwrap().status
}

/// A record in which Waybill made every part of `spec`.
fn all_ours(spec: &ChainSpec) -> ChainRecord {
    let mut record = ChainRecord::new(spec.clone(), NOW);
    for part in plan(spec, &all_made(spec), None).steps.into_iter().filter_map(|step| step.part) {
        record.take(ChainChange::Confirm(part), NOW);
    }
    record
}

#[test]
fn a_new_chain_is_made_in_the_order_of_the_page() {
    use StepStatus::{Found, Planned};
    let expected = [
        ("find-source", Found),
        ("find-bus", Found),
        ("associate", Planned),
        ("find-organization", Found),
        ("permission", Planned),
        ("find-rule", Found),
        ("test-pattern", Planned),
        ("rule", Planned),
        ("find-queue", Found),
        ("queue", Planned),
        ("queue-policy", Planned),
        ("find-targets", Found),
        ("target", Planned),
    ];
    assert_eq!(standing(&plan(&spec(), &nothing_made(), None)), expected);
}

#[test]
fn a_finished_chain_needs_no_write() {
    let spec = ChainSpec { permission: Permission::None, ..spec() };
    for record in [None, Some(all_ours(&spec))] {
        let plan = plan(&spec, &all_made(&spec), record.as_ref());
        assert_eq!((plan.planned_writes(), plan.blocked()), (0, None), "whoever made it");
    }
}

#[test]
fn the_requests_are_spelled_as_in_the_api_reference() {
    let spec = spec();
    let plan = plan(&spec, &nothing_made(), None);
    let input = |id| plan.step(id).unwrap().input.clone();
    let source = spec.bus();
    assert_eq!(input(StepId::Associate), serde_json::json!({ "Name": source, "EventSourceName": source }));
    assert_eq!(input(StepId::Permission)["Condition"]["Value"], "o-a1b2c3d4e5");
    assert_eq!(input(StepId::Rule)["EventPattern"], r#"{"account":["123456789012"]}"#);
    assert_eq!(input(StepId::Target)["Targets"][0]["Arn"], "arn:aws:sqs:eu-central-1:123456789012:waybill-test-cc23670e");
    let policy = input(StepId::QueuePolicy)["Attributes"]["Policy"].as_str().unwrap().to_owned();
    assert!(policy.contains(spec.rule_arn().as_str()), "the statement names the rule with its bus: {policy}");
}

#[test]
fn each_situation_of_the_source_has_its_call() {
    let spec = spec();
    let bus = all_made(&spec).bus;
    let no_bus = nothing_made().bus;
    let cases = [
        (None, &no_bus, StepStatus::Blocked, None),
        (Some(SourceState::Pending), &no_bus, StepStatus::Planned, None),
        (Some(SourceState::Active), &bus, StepStatus::Found, None),
        (Some(SourceState::Pending), &bus, StepStatus::Found, Some(StepStatus::Planned)),
        (Some(SourceState::Deleted), &bus, StepStatus::Blocked, None),
    ];
    for (state, bus, associate, activate) in cases {
        let mut observed = nothing_made();
        observed.source.value = state.map(source);
        observed.bus = bus.clone();
        let plan = plan(&spec, &observed, None);
        assert_eq!(status(&plan, StepId::Associate), associate, "{state:?}");
        assert_eq!(plan.step(StepId::Activate).map(|step| step.status), activate, "{state:?}");
    }
}

#[test]
fn what_somebody_else_made_is_not_changed() {
    type Change = fn(&mut Observed, &mut ChainSpec);
    let cases: [(&str, StepId, Change); 6] = [
        ("another pattern", StepId::Rule, |o, _| o.rule.value.as_mut().unwrap().pattern = Some(r#"{"source":["x"]}"#.into())),
        ("a schedule", StepId::Rule, |o, _| o.rule.value.as_mut().unwrap().pattern = None),
        ("a managed rule", StepId::Rule, |o, _| o.rule.value.as_mut().unwrap().managed_by = Some("aws.partner".into())),
        ("an unreadable policy", StepId::QueuePolicy, |o, _| set_policy(o, "{")),
        ("a denying policy", StepId::QueuePolicy, |o, _| {
            set_policy(o, r#"{"Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}"#);
        }),
        ("a target without the wanted dead-letter queue", StepId::Target, |o, s| {
            s.target.dead_letter = Some(QueueChoice::New("dead".parse().unwrap()));
            o.dead_letter = Some(nothing_made().queue);
        }),
    ];
    for (what, id, change) in cases {
        let mut spec = spec();
        let mut observed = all_made(&spec);
        change(&mut observed, &mut spec);
        let plan = plan(&spec, &observed, None);
        let step = plan.step(id).unwrap();
        assert_eq!(step.status, StepStatus::Blocked, "{what}");
        assert!(step.finding.ends_with('.') || step.finding.contains(": "), "{} says what to do", step.finding);
    }
}

#[test]
fn a_policy_that_is_there_is_shown_beside_the_one_that_replaces_it() {
    let foreign = r#"{"Version":"2012-10-17","Statement":[{"Sid":"theirs","Effect":"Allow","Principal":"*","Action":"sqs:SendMessage"}]}"#;
    let spec = spec();
    let mut observed = all_made(&spec);
    set_policy(&mut observed, foreign);
    let plan = plan(&spec, &observed, None);
    let replaced = plan.step(StepId::QueuePolicy).unwrap().replaces.as_ref().unwrap();
    assert_eq!(replaced.before, foreign, "as it is, to the letter");
    assert!(
        replaced.after.contains("theirs") && replaced.after.contains(spec.rule_arn().as_str()),
        "one statement more: {}",
        replaced.after
    );
}

fn set_policy(observed: &mut Observed, text: &str) {
    observed.queue.value.as_mut().unwrap().attributes.insert("Policy".into(), text.into());
}

#[test]
fn what_waybill_made_is_put_right_again() {
    type Change = fn(&mut Observed);
    let cases: [(&str, StepId, Change); 6] = [
        ("narrowed", StepId::Rule, |o| o.rule.value.as_mut().unwrap().pattern = Some(r#"{"source":["x"]}"#.into())),
        ("disabled", StepId::Rule, |o| o.rule.value.as_mut().unwrap().enabled = false),
        ("described", StepId::Rule, |o| o.rule.value.as_mut().unwrap().description = "mine".into()),
        ("policy removed", StepId::QueuePolicy, |o| set_policy(o, "")),
        ("transformed", StepId::Target, |o| o.targets.value[0].changes_event = Some("InputPath")),
        ("sent elsewhere", StepId::Target, |o| o.targets.value[0].arn = "arn:aws:sqs:eu-central-1:123456789012:other".into()),
    ];
    let spec = spec();
    for (what, id, change) in cases {
        let mut observed = all_made(&spec);
        change(&mut observed);
        let plan = plan(&spec, &observed, Some(&all_ours(&spec)));
        assert_eq!(status(&plan, id), StepStatus::Planned, "{what}");
    }
}

#[test]
fn a_foreign_rule_that_is_disabled_is_enabled() {
    let spec = spec();
    let mut observed = all_made(&spec);
    observed.rule.value.as_mut().unwrap().enabled = false;
    let plan = plan(&spec, &observed, None);
    assert_eq!(plan.step(StepId::Rule).unwrap().call.operation, "EnableRule");
}

#[test]
fn a_foreign_target_of_the_same_id_is_not_overwritten() {
    let spec = spec();
    let mut observed = all_made(&spec);
    observed.targets.value =
        vec![TargetSeen { arn: "arn:aws:sqs:eu-central-1:123456789012:other".into(), ..observed.targets.value[0].clone() }];
    let plan = plan(&spec, &observed, None);
    assert_eq!(plan.step(StepId::Target).unwrap().input["Targets"][0]["Id"], "waybill-2");
}

#[test]
fn a_queue_that_must_exist_is_not_made() {
    let mut spec = spec();
    spec.target.queue = QueueChoice::Existing("orders".parse().unwrap());
    let plan = plan(&spec, &nothing_made(), None);
    let step = plan.blocked().unwrap();
    assert_eq!(step.id, StepId::Queue);
    assert_eq!(
        step.finding,
        "There is no queue orders in account 123456789012, region eu-central-1. Choose another, or have a new one made."
    );
}

#[test]
fn a_fifo_queue_must_deduplicate_by_content() {
    let mut spec = spec();
    spec.target.queue = QueueChoice::New("orders.fifo".parse().unwrap());
    let mut observed = all_made(&spec);
    assert_eq!(status(&plan(&spec, &observed, None), StepId::Queue), StepStatus::Blocked);
    observed.queue.value.as_mut().unwrap().attributes.insert("ContentBasedDeduplication".into(), "true".into());
    assert_eq!(status(&plan(&spec, &observed, None), StepId::Queue), StepStatus::Found);
    let fresh = plan(&spec, &nothing_made(), None);
    assert_eq!(fresh.step(StepId::Target).unwrap().input["Targets"][0]["SqsParameters"]["MessageGroupId"], "waybill");
    assert_eq!(fresh.step(StepId::Queue).unwrap().input["Attributes"]["ContentBasedDeduplication"], "true");
}

#[test]
fn an_unknown_organization_never_stops_the_flow() {
    for answer in [MyOrganization::NotInOne, MyOrganization::Untold("no".into())] {
        let mut observed = nothing_made();
        observed.organization = observed.organization.map(|read| Read { value: answer, ..read });
        let plan = plan(&spec(), &observed, None);
        assert_eq!(status(&plan, StepId::Permission), StepStatus::Skipped);
        assert_eq!(plan.blocked(), None);
    }
}

#[test]
fn a_permission_that_was_accepted_is_found_again() {
    let spec = spec();
    let mut observed = all_made(&spec);
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Sid":"waybill-organization-o-a1b2c3d4e5"}]}"#;
    observed.bus.value.as_mut().unwrap().policy = Some(policy.into());
    let plan = plan(&spec, &observed, None);
    assert_eq!(status(&plan, StepId::Permission), StepStatus::Found);
    assert!(matches!(plan.step(StepId::Permission).unwrap().part, Some(Part::BusPermission { .. })));
}
