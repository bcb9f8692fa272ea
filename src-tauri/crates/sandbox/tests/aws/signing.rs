//! Every request is signed, by one of two keys.

use aws_sdk_eventbridge::error::ProvideErrorMetadata;
use aws_sdk_eventbridge::operation::RequestId;

use crate::support::{Lab, REGION, code, sdk};
use std::sync::Arc;
use std::time::Duration;
use waybill_sandbox::{ForwardClock, SandboxConfig};

#[tokio::test]
async fn a_wrong_secret_is_refused_in_each_protocols_words() {
    let lab = Lab::ephemeral().await;
    let config = sdk(&lab.sandbox, (&lab.sandbox.keys().access_key_id, "wrong"), REGION).await;
    let events = aws_sdk_eventbridge::Client::new(&config).list_event_buses().send().await.unwrap_err();
    assert_eq!(code(&events), "InvalidSignatureException");
    let sqs = aws_sdk_sqs::Client::new(&config).list_queues().send().await.unwrap_err();
    assert_eq!(code(&sqs), "SignatureDoesNotMatch");
    let sts = aws_sdk_sts::Client::new(&config).get_caller_identity().send().await.unwrap_err();
    assert_eq!(sts.code(), Some("SignatureDoesNotMatch"));
    assert_eq!(sts.raw_response().unwrap().status().as_u16(), 403, "the Query protocol answers 403");
}

#[tokio::test]
async fn an_unknown_key_is_refused_in_each_protocols_words() {
    let lab = Lab::ephemeral().await;
    let config = sdk(&lab.sandbox, ("AKIANOBODY", "x"), REGION).await;
    let events = aws_sdk_eventbridge::Client::new(&config).list_event_buses().send().await.unwrap_err();
    assert_eq!(code(&events), "UnrecognizedClientException");
    let sqs = aws_sdk_sqs::Client::new(&config).list_queues().send().await.unwrap_err();
    assert_eq!(code(&sqs), "InvalidClientTokenId");
    let sts = aws_sdk_sts::Client::new(&config).get_caller_identity().send().await.unwrap_err();
    assert_eq!(sts.code(), Some("InvalidClientTokenId"));
}

#[tokio::test]
async fn a_clock_more_than_fifteen_minutes_off_is_refused() {
    let clock = Arc::new(ForwardClock::default());
    let lab = Lab::with_clock(SandboxConfig::ephemeral(), clock.clone()).await;
    clock.pass(Duration::from_secs(14 * 60));
    lab.events.list_event_buses().send().await.unwrap();
    clock.pass(Duration::from_secs(2 * 60));
    let refused = lab.events.list_event_buses().send().await.unwrap_err();
    assert_eq!(code(&refused), "InvalidSignatureException");
    assert!(refused.message().unwrap().starts_with("Signature expired: "), "{refused:?}");
}

#[tokio::test]
async fn every_answer_has_a_request_id_of_its_own() {
    let lab = Lab::ephemeral().await;
    let first = lab.events.list_event_buses().send().await.unwrap();
    let refused = lab.events.describe_event_bus().name("none").send().await.unwrap_err();
    let (first, second) = (first.request_id().unwrap(), refused.request_id().unwrap());
    assert_ne!(first, second);
}
