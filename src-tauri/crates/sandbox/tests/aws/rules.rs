//! Rules and their targets.

use aws_sdk_eventbridge::types::{DeadLetterConfig, KinesisParameters, RetryPolicy, RuleState, SqsParameters, Target};

use crate::support::{ACCOUNT, ALL, Lab, REGION, SOURCE, code, message, target};

async fn with_bus() -> Lab {
    let lab = Lab::ephemeral().await;
    lab.offer().await;
    lab.associate().await;
    lab
}

fn queue(name: &str) -> String {
    format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")
}

#[tokio::test]
async fn a_rule_is_kept_as_it_was_put_and_its_arn_names_the_bus() {
    let lab = with_bus().await;
    let arn = lab.rule("all", ALL).await;
    assert_eq!(arn, format!("arn:aws:events:{REGION}:{ACCOUNT}:rule/{SOURCE}/all"));
    let rule = lab.events.describe_rule().name("all").event_bus_name(SOURCE).send().await.unwrap();
    assert_eq!(rule.event_pattern(), Some(ALL));
    assert_eq!((rule.state(), rule.event_bus_name()), (Some(&RuleState::Enabled), Some(SOURCE)));
    let default = lab.events.put_rule().name("all").event_pattern(ALL).send().await.unwrap();
    assert_eq!(default.rule_arn(), Some(format!("arn:aws:events:{REGION}:{ACCOUNT}:rule/all").as_str()));
}

#[tokio::test]
async fn putting_a_rule_again_resets_what_is_left_out_and_keeps_the_targets() {
    let lab = with_bus().await;
    let put = lab.events.put_rule().name("all").event_bus_name(SOURCE).event_pattern(ALL);
    put.description("first").state(RuleState::Disabled).send().await.unwrap();
    lab.target("all", target(&queue("q"))).await;
    lab.rule("all", r#"{"detail-type":["incident-created"]}"#).await;
    let rule = lab.events.describe_rule().name("all").event_bus_name(SOURCE).send().await.unwrap();
    assert_eq!((rule.description(), rule.state()), (None, Some(&RuleState::Enabled)));
    let targets = lab.events.list_targets_by_rule().rule("all").event_bus_name(SOURCE).send().await.unwrap();
    assert_eq!(targets.targets().len(), 1);
}

#[tokio::test]
async fn a_wrong_rule_is_refused_and_nothing_is_made() {
    let lab = with_bus().await;
    let long = "x".repeat(65);
    let too_long_pattern = format!(r#"{{"source":["{}"]}}"#, "x".repeat(2100));
    for (name, pattern, refusal) in [
        ("r", Some(r#"{"source":"x"}"#), "InvalidEventPatternException"),
        ("r", Some(too_long_pattern.as_str()), "LimitExceededException"),
        ("r", None, "ValidationException"),
        (long.as_str(), Some(ALL), "ValidationException"),
        ("with space", Some(ALL), "ValidationException"),
    ] {
        let put = lab.events.put_rule().name(name).event_bus_name(SOURCE).set_event_pattern(pattern.map(Into::into));
        assert_eq!(code(&put.send().await.unwrap_err()), refusal, "{name} {pattern:?}");
    }
    let unknown = lab.events.put_rule().name("r").event_bus_name("none").event_pattern(ALL).send().await.unwrap_err();
    assert_eq!(message(&unknown), "Event bus none does not exist.");
    let scheduled = lab.events.put_rule().name("r").schedule_expression("rate(1 minute)").send().await.unwrap_err();
    assert_eq!(code(&scheduled), "ValidationException", "a schedule that never fires would be a lie");
    let rules = lab.events.list_rules().event_bus_name(SOURCE).send().await.unwrap();
    assert!(rules.rules().is_empty());
}

#[tokio::test]
async fn a_rule_goes_only_without_targets_and_may_go_twice() {
    let lab = with_bus().await;
    lab.rule("all", ALL).await;
    lab.target("all", target(&queue("q"))).await;
    let refused = lab.events.delete_rule().name("all").event_bus_name(SOURCE).send().await.unwrap_err();
    assert_eq!(message(&refused), "Rule can't be deleted since it has targets.");
    let removed = lab.events.remove_targets().rule("all").event_bus_name(SOURCE).ids("t1").ids("t2").send().await.unwrap();
    assert_eq!(removed.failed_entry_count(), 1, "t2 was never there");
    for _ in 0..2 {
        lab.events.delete_rule().name("all").event_bus_name(SOURCE).send().await.unwrap();
    }
    let gone = lab.events.describe_rule().name("all").event_bus_name(SOURCE).send().await.unwrap_err();
    assert_eq!(message(&gone), format!("Rule all does not exist on EventBus {SOURCE}."));
}

#[tokio::test]
async fn a_target_comes_back_as_it_was_put() {
    let lab = with_bus().await;
    lab.rule("all", ALL).await;
    let put = Target::builder()
        .id("t1")
        .arn(queue("q.fifo"))
        .sqs_parameters(SqsParameters::builder().message_group_id("ilert").build())
        .dead_letter_config(DeadLetterConfig::builder().arn(queue("dead")).build())
        .retry_policy(RetryPolicy::builder().maximum_retry_attempts(3).maximum_event_age_in_seconds(60).build())
        .build()
        .unwrap();
    lab.target("all", put.clone()).await;
    let targets = lab.events.list_targets_by_rule().rule("all").event_bus_name(SOURCE).send().await.unwrap();
    assert_eq!(targets.targets(), [put]);
}

#[tokio::test]
async fn a_wrong_target_is_refused_with_its_reason() {
    let lab = with_bus().await;
    lab.rule("all", ALL).await;
    let base = || Target::builder().id("t1").arn(queue("q"));
    let retry = |attempts| RetryPolicy::builder().maximum_retry_attempts(attempts).build();
    let dead = |arn: String| DeadLetterConfig::builder().arn(arn).build();
    for (wrong, reason) in [
        (base().arn("nonsense"), "Provided Arn is not in correct format."),
        (base().arn("arn:aws:lambda:eu-central-1:123456789012:function:f"), "SQS queues only"),
        (base().arn(queue("q.fifo")), "Parameter(s) SqsParameters must be specified for target: t1."),
        (base().role_arn("arn:aws:iam::123456789012:role/r"), "RoleArn is not supported"),
        (base().input("1").input_path("$"), "Only one of Input, InputPath, or InputTransformer"),
        (base().retry_policy(retry(186)), "'targets.1.member.retryPolicy.maximumRetryAttempts'"),
        (base().dead_letter_config(dead(queue("d.fifo"))), "not a standard SQS queue"),
        (base().id("no id"), "'targets.1.member.id'"),
    ] {
        let put = lab.events.put_targets().rule("all").event_bus_name(SOURCE).targets(wrong.build().unwrap());
        let refused = put.send().await.unwrap_err();
        assert_eq!(code(&refused), "ValidationException", "{reason}");
        assert!(message(&refused).contains(reason), "{}", message(&refused));
    }
}

#[tokio::test]
async fn a_sixth_target_is_refused_and_none_of_its_request_is_kept() {
    let lab = with_bus().await;
    lab.rule("all", ALL).await;
    let six = (0..6).map(|n| Target::builder().id(format!("t{n}")).arn(queue("q")).build().unwrap()).collect();
    let put = lab.events.put_targets().rule("all").event_bus_name(SOURCE).set_targets(Some(six));
    let refused = put.send().await.unwrap_err();
    assert_eq!(code(&refused), "LimitExceededException");
    let targets = lab.events.list_targets_by_rule().rule("all").event_bus_name(SOURCE).send().await.unwrap();
    assert!(targets.targets().is_empty());
}

#[tokio::test]
async fn a_pattern_can_be_tried_on_an_event() {
    let lab = Lab::ephemeral().await;
    let event = r#"{"id":"1","account":"123456789012","source":"s","time":"2026-01-02T03:04:05Z","region":"r","resources":[],"detail-type":"t","detail":{}}"#;
    for (pattern, result) in [(ALL, true), (r#"{"source":["x"]}"#, false)] {
        let tried = lab.events.test_event_pattern().event_pattern(pattern).event(event).send().await.unwrap();
        assert_eq!(tried.result(), result, "{pattern}");
    }
    let invalid = lab.events.test_event_pattern().event_pattern("{").event(event).send().await.unwrap_err();
    assert_eq!(code(&invalid), "InvalidEventPatternException");
    let no_event = lab.events.test_event_pattern().event_pattern(ALL).event("[]").send().await.unwrap_err();
    assert_eq!(message(&no_event), "Parameter Event is not valid.");
}

#[tokio::test]
async fn what_the_sandbox_does_not_have_is_refused_never_pretended() {
    let lab = Lab::ephemeral().await;
    let operation = lab.events.list_archives().send().await.unwrap_err();
    assert_eq!(code(&operation), "UnknownOperationException");
    lab.events.put_rule().name("all").event_pattern(ALL).send().await.unwrap();
    let stream = KinesisParameters::builder().partition_key_path("$.id").build().unwrap();
    let target = Target::builder().id("t1").arn(queue("q")).kinesis_parameters(stream).build().unwrap();
    let member = lab.events.put_targets().rule("all").targets(target).send().await.unwrap_err();
    assert_eq!(code(&member), "SerializationException");
    let targets = lab.events.list_targets_by_rule().rule("all").send().await.unwrap();
    assert!(targets.targets().is_empty(), "nothing was made");
}

#[tokio::test]
async fn rules_are_found_by_the_queue_that_they_deliver_to() {
    let lab = with_bus().await;
    for (name, arns) in [("a", vec!["q"]), ("b", vec!["other"]), ("c", vec!["other", "q"])] {
        lab.rule(name, ALL).await;
        for (index, arn) in arns.into_iter().enumerate() {
            lab.target(name, Target::builder().id(format!("t{index}")).arn(queue(arn)).build().unwrap()).await;
        }
    }
    let list = || lab.events.list_rule_names_by_target().target_arn(queue("q")).event_bus_name(SOURCE);
    assert_eq!(list().send().await.unwrap().rule_names(), ["a", "c"]);
    let first = list().limit(1).send().await.unwrap();
    assert_eq!(first.rule_names(), ["a"]);
    let second = list().limit(1).set_next_token(first.next_token).send().await.unwrap();
    assert_eq!((second.rule_names(), second.next_token()), (&["c".to_owned()][..], None));
    let elsewhere = lab.events.list_rule_names_by_target().target_arn(queue("q")).send().await.unwrap();
    assert!(elsewhere.rule_names().is_empty(), "the default bus has none");
}
