//! What a queue does not take goes to the target's dead-letter queue.

use aws_sdk_eventbridge::types::{DeadLetterConfig, RetryPolicy, Target};
use serde_json::Value;

use crate::support::{ACCOUNT, ALL, Lab, REGION};

/// (event id, rule ARN, message) of one event that its target did not take.
async fn undelivered(lab: &Lab, victim: &str) -> (String, String, aws_sdk_sqs::types::Message) {
    lab.offer().await;
    lab.associate().await;
    let rule = lab.rule("all", ALL).await;
    let dead = lab.queue("dead").await;
    lab.allow(&dead, &rule).await;
    let target = Target::builder()
        .id("t1")
        .arn(victim)
        .input_path("$.detail")
        .dead_letter_config(DeadLetterConfig::builder().arn(&dead.1).build())
        .retry_policy(RetryPolicy::builder().maximum_retry_attempts(0).build())
        .build()
        .unwrap();
    lab.target("all", target).await;
    let id = lab.publish("incident-created").await;
    let receive = lab.sqs.receive_message().queue_url(&dead.0).message_attribute_names("All");
    let mut messages = receive.send().await.unwrap().messages.unwrap();
    assert_eq!(messages.len(), 1);
    (id, rule, messages.remove(0))
}

fn attribute<'a>(message: &'a aws_sdk_sqs::types::Message, name: &str) -> &'a str {
    message.message_attributes().unwrap()[name].string_value().unwrap()
}

#[tokio::test]
async fn a_queue_without_policy_gives_no_permissions() {
    let lab = Lab::ephemeral().await;
    let (_, victim) = lab.queue("victim").await;
    let (id, rule, message) = undelivered(&lab, &victim).await;
    let body: Value = serde_json::from_str(message.body().unwrap()).unwrap();
    assert_eq!(body["id"], id, "the original event, not the transformed one");
    assert_eq!(attribute(&message, "RULE_ARN"), rule);
    assert_eq!(attribute(&message, "TARGET_ARN"), victim);
    assert_eq!(attribute(&message, "ERROR_CODE"), "NO_PERMISSIONS");
    assert_eq!(attribute(&message, "RETRY_ATTEMPTS"), "0");
    assert_eq!(attribute(&message, "EXHAUSTED_RETRY_CONDITION"), "MaximumRetryAttempts");
    assert!(!attribute(&message, "ERROR_MESSAGE").is_empty());
}

#[tokio::test]
async fn a_missing_queue_gives_no_resource() {
    let lab = Lab::ephemeral().await;
    let victim = format!("arn:aws:sqs:{REGION}:{ACCOUNT}:missing");
    let (_, _, message) = undelivered(&lab, &victim).await;
    assert_eq!(attribute(&message, "ERROR_CODE"), "NO_RESOURCE");
}
