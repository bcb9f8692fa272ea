//! The words of a chain in all its states.

use super::*;
use crate::record::ChainChange;
use crate::tests::{all_made, nothing_made, source, spec};
use crate::{ChainSpec, Grant, PatternChoice, SourceState};
use waybill_domain::{AccountId, ActionForm, ActionId, AlertSource, AlertSourceId};

const NOW: Timestamp = Timestamp::from_millis(0);

fn action() -> AlertAction {
    let form = ActionForm {
        name: "Ops".into(),
        alert_source: "Night batch".into(),
        trigger_mode: "manual".into(),
        event_types: vec!["incident-created".into(), "incident-resolved".into()],
        account: "123456789012".into(),
        region: "eu-central-1".into(),
    };
    AlertAction {
        id: ActionId::new("cc23670e-ad3e-4c38-8d45-d22c36ced352".parse().unwrap()),
        alert_source: AlertSource { id: AlertSourceId(7), name: "Night batch".into() },
        settings: form.check().unwrap(),
    }
}

/// A record in which everything was made.
fn finished(spec: &ChainSpec) -> ChainRecord {
    let mut record = ChainRecord::new(spec.clone(), NOW);
    for step in crate::plan(spec, &all_made(spec), None).steps {
        if let Some(part) = step.part {
            record.take(ChainChange::Confirm(part), NOW);
        }
    }
    record.take(ChainChange::Complete { queue_url: "http://q".into() }, NOW);
    record
}

fn words(record: &ChainRecord, observed: &Observed) -> Vec<(LinkState, String)> {
    chain_state(&action(), record, observed, NOW).into_iter().map(|link| (link.state, link.word)).collect()
}

#[test]
fn a_new_action_has_a_pending_source_and_nothing_else() {
    let record = ChainRecord::new(spec(), NOW);
    let links = chain_state(&action(), &record, &nothing_made(), NOW);
    let words: Vec<_> = links.iter().map(|link| (link.name.as_str(), link.state, link.word.as_str())).collect();
    assert_eq!(
        words,
        [
            ("Night batch", LinkState::Ok, "Known"),
            ("Manual", LinkState::Ok, "2 of 9 types"),
            ("aws.partner/ilert.com/test/cc23670e-ad3e-4c38-8d45-d22c36ced352", LinkState::Pending, "Pending, 6 d left"),
            ("not associated", LinkState::None, "Not created"),
            ("no rule yet", LinkState::None, "Not created"),
            ("no target yet", LinkState::None, "Not created"),
        ]
    );
    assert!(drift(&record, &nothing_made()).is_empty(), "what was never made has not drifted");
}

#[test]
fn a_finished_chain_is_all_right() {
    let spec = spec();
    let (record, observed) = (finished(&spec), all_made(&spec));
    let words: Vec<_> = words(&record, &observed).into_iter().map(|(state, word)| (state == LinkState::Ok, word)).collect();
    let expected = ["Known", "2 of 9 types", "Active", "Associated", "Enabled", "Policy allows"].map(|word| (true, word.to_owned()));
    assert_eq!(words, expected);
    assert!(drift(&record, &observed).is_empty());
}

#[test]
fn each_break_has_its_word_and_its_sentence() {
    type Break = fn(&mut Observed, &ChainSpec);
    let policy_for_another = |o: &mut Observed, s: &ChainSpec| {
        let account: AccountId = "999999999999".parse().unwrap();
        let rule = waybill_domain::RuleArn::new(&s.region, &account, s.bus(), &s.rule.name);
        let other = Grant { rule, queue: s.arn_of(&s.target.queue) };
        set_policy(o, &crate::ResourcePolicy::default().allowing(&other).text());
    };
    let cases: [(usize, &str, Break); 15] = [
        (2, "Not found", |o, _| o.source.value = None),
        (2, "Deleted", |o, _| o.source.value = Some(source(SourceState::Deleted))),
        (2, "Inactive", |o, _| o.source.value = Some(source(SourceState::Pending))),
        (3, "Source inactive", |o, _| o.source.value = Some(source(SourceState::Pending))),
        (3, "Bus missing", |o, _| o.bus.value = None),
        (4, "Rule missing", |o, _| o.rule.value = None),
        (4, "Disabled", |o, _| o.rule.value.as_mut().unwrap().enabled = false),
        (4, "Pattern differs", |o, _| o.rule.value.as_mut().unwrap().pattern = Some(r#"{"source":["x"]}"#.into())),
        (5, "Queue missing", |o, _| o.queue.value = None),
        (5, "No target", |o, _| o.targets.value.clear()),
        (5, "Wrong target", |o, _| o.targets.value[0].arn = "arn:aws:sqs:eu-central-1:123456789012:other".into()),
        (5, "Policy missing", |o, _| set_policy(o, "")),
        (5, "Policy missing", policy_for_another),
        (5, "Policy unreadable", |o, _| set_policy(o, "{")),
        (5, "Policy denies", |o, _| {
            set_policy(o, r#"{"Statement":[{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"}]}"#);
        }),
    ];
    let spec = spec();
    let record = finished(&spec);
    for (link, word, change) in cases {
        let mut observed = all_made(&spec);
        change(&mut observed, &spec);
        let links = chain_state(&action(), &record, &observed, NOW);
        assert_eq!((links[link].state, links[link].word.as_str()), (LinkState::Broken, word));
        assert!(links[link].sentence.ends_with('.'), "{:?} is a whole sentence", links[link].sentence);
        assert!(!drift(&record, &observed).is_empty(), "{word} is drift");
    }
}

fn set_policy(observed: &mut Observed, text: &str) {
    observed.queue.value.as_mut().unwrap().attributes.insert("Policy".into(), text.into());
}

#[test]
fn both_spellings_of_all_events_are_no_drift() {
    let spec = spec();
    let mut observed = all_made(&spec);
    observed.rule.value.as_mut().unwrap().pattern = Some(r#"{"source":[{"prefix":""}]}"#.into());
    assert!(drift(&finished(&spec), &observed).is_empty());
}

#[test]
fn drift_is_told_against_the_recorded_pattern() {
    let spec = ChainSpec {
        rule: crate::RuleSpec { pattern: PatternChoice::Own(r#"{"detail-type":["incident-created"]}"#.into()), ..spec().rule },
        ..spec()
    };
    let record = finished(&spec);
    let mut observed = all_made(&spec);
    observed.rule.value.as_mut().unwrap().pattern = Some(r#"{"detail-type":["incident-resolved"]}"#.into());
    observed.rule.value.as_mut().unwrap().enabled = false;
    assert_eq!(
        drift(&record, &observed),
        [
            "The rule all-incidents was enabled, but is disabled now.",
            r#"The rule's event pattern is {"detail-type":["incident-resolved"]}, but {"detail-type":["incident-created"]} was set up."#,
        ]
    );
}

#[test]
fn the_time_that_is_left_is_told_in_its_largest_unit() {
    let cases = [
        (6 * 86_400_000, "Pending, 6 d left"),
        (7_200_000, "Pending, 2 h left"),
        (90_000, "Pending, 2 min left"),
        (-1, "Pending, expired"),
    ];
    for (left, word) in cases {
        let mut observed = nothing_made();
        observed.source.value.as_mut().unwrap().expires_at = Some(NOW.plus_millis(left));
        assert_eq!(words(&ChainRecord::new(spec(), NOW), &observed)[2].1, word);
    }
}
