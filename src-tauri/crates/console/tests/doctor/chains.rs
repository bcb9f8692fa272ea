//! Chains that were not broken by the lab.

use waybill_console::view::DiagnosisView;

use super::world::{Wanted, World, causes};

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_tried_on_every_rule_and_aws_agrees() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    let takes = r#"{"id":"1","account":"123456789012","source":"x","time":"2026-11-23T00:00:00Z","region":"r","resources":[],"detail-type":"incident-created","detail":{}}"#;
    let other = takes.replace("123456789012", "999999999999");
    for (event, matched) in [(takes, true), (other.as_str(), false)] {
        let answer = world.console.rules_matching(Some(&action), event, true).await.unwrap();
        let rule = &answer.rules[0];
        assert_eq!((rule.matched, rule.by_aws, rule.disagrees), (Some(matched), Some(matched), false), "{event}");
        assert_eq!(rule.fields.iter().all(|field| field.matched), matched, "the field that failed is told");
    }
    assert!(world.console.rules_matching(Some(&action), "[]", false).await.is_err());
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pattern_that_was_recorded_wrong_is_a_cause_with_its_nearest_correction() {
    use waybill_console::view::PatternForm;
    let world = World::start().await;
    let cases = [
        (r#"{"detail-type":["alert-created"]}"#, "not with `alert-`", r#"Nearest to it is {"detail-type":["incident-created"]}"#),
        (r#"{"detail":{"status":["pending"]}}"#, "Upper and lower case", r#"Nearest to it is {"detail":{"status":["PENDING"]}}"#),
        (r#"{"source":["*"]}"#, "no wildcard", r#"Nearest to it is {"source":[{"prefix":""}]}"#),
    ];
    for (n, (pattern, hint, nearest)) in cases.into_iter().enumerate() {
        let wanted = Wanted { pattern: PatternForm::Own { text: pattern.into() }, ..Wanted::named(&format!("wrong-{n}")) };
        let action = world.chain(&wanted).await;
        let diagnosis = world.diagnose(&action).await;
        assert_eq!(causes(&diagnosis).into_iter().collect::<Vec<_>>(), ["pattern-mismatch"], "{pattern}");
        let check = diagnosis.checks.iter().find(|check| check.id == "pattern-mismatch").unwrap();
        assert!(check.explanation.contains(hint), "{}", check.explanation);
        assert!(check.explanation.contains(nearest), "{}", check.explanation);
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cloudwatch_counts_beside_the_checks_and_no_data_is_not_zero() {
    let world = World::start().await;
    let action = world.chain(&Wanted::named("ops")).await;
    let counted = |diagnosis: &DiagnosisView, id: &str, what: &str| {
        let check = diagnosis.checks.iter().find(|check| check.id == id).unwrap();
        let evidence = check.evidence.iter().find(|evidence| evidence.what == what);
        evidence.map(|evidence| evidence.value.split(" since ").next().unwrap().to_owned())
    };
    let before = world.diagnose(&action).await;
    assert_eq!(counted(&before, "queue-policy", "Invocations").as_deref(), Some("no data"), "nothing was published yet");
    assert!(world.prove(&action).await);
    let proven = world.diagnose(&action).await;
    assert_eq!(counted(&proven, "pattern-mismatch", "TriggeredRules").as_deref(), Some("9"));
    assert_eq!(counted(&proven, "queue-policy", "Invocations").as_deref(), Some("9"));
    assert_eq!(counted(&proven, "queue-policy", "FailedInvocations").as_deref(), Some("no data"));
    world.console.inject_fault("queue-policy", Some(&action)).await.unwrap();
    assert!(!world.prove(&action).await);
    let broken = world.diagnose(&action).await;
    assert_eq!(counted(&broken, "queue-policy", "FailedInvocations").as_deref(), Some("9"), "each of the nine was refused");
    world.stop().await;
}
