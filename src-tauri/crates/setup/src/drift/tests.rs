//! Exactly what differs is told, and nothing else.

use super::*;
use crate::tests::{all_made, spec};

fn told(change: impl FnOnce(&mut Observed)) -> Vec<String> {
    let spec = spec();
    let mut observed = all_made(&spec);
    // As SQS tells of every queue.
    observed.queue.value.as_mut().unwrap().attributes.insert("VisibilityTimeout".into(), "30".into());
    let recorded = ChainSettings::seen(&spec, &observed);
    change(&mut observed);
    let line = |drift: FieldDrift| format!("{} / {}: {} -> {}", drift.part.label(), drift.field, drift.recorded, drift.live);
    differences(&recorded, &observed).into_iter().map(line).collect()
}

#[test]
fn each_change_is_told_by_its_field() {
    type Change = fn(&mut Observed);
    let cases: [(&[&str], Change); 9] = [
        (&[], |_| ()),
        (&["Rule / State: ENABLED -> DISABLED"], |o| o.rule.value.as_mut().unwrap().enabled = false),
        (&["Rule / Description: Every iLert incident event to the queue -> mine"], |o| {
            o.rule.value.as_mut().unwrap().description = "mine".into()
        }),
        (&[], |o| o.rule.value.as_mut().unwrap().pattern = Some(r#"{ "account" : ["123456789012"] }"#.into())),
        (&["Rule / Rule: all-incidents -> not there"], |o| (o.rule.value, o.targets.value) = (None, Vec::new())),
        (&["Target / Target: waybill -> not there"], |o| o.targets.value.clear()),
        (&["Target / Input: the event as it came -> InputPath $.detail"], |o| {
            o.targets.value[0].input = crate::TargetInput::Path("$.detail".into());
        }),
        (&["SQS queue / Queue: waybill-test-cc23670e -> not there"], |o| o.queue.value = None),
        (&["Partner event source / State: ACTIVE -> PENDING", "Event bus / Event bus: there -> not there"], |o| {
            o.source.value.as_mut().unwrap().state = SourceState::Pending;
            o.bus.value = None;
        }),
    ];
    for (expected, change) in cases {
        assert_eq!(told(change), expected, "that and nothing else");
    }
}

#[test]
fn statements_are_compared_one_by_one() {
    let lines = told(|observed| {
        let queue = observed.queue.value.as_mut().unwrap();
        queue.attributes.insert("Policy".into(), r#"{"Statement":[{"Sid":"theirs"}]}"#.into());
    });
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(
        lines[0].starts_with("SQS queue / Policy statement waybill-all-incidents-") && lines[0].ends_with("-> not there"),
        "{lines:#?}"
    );
    assert!(lines[1].starts_with("SQS queue / Policy statement theirs: not there -> "), "{lines:#?}");
}
