//! Messages go out as they came in.

use aws_sdk_sqs::primitives::Blob;
use aws_sdk_sqs::types::{
    ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatchRequestEntry, MessageAttributeValue, MessageSystemAttributeName,
    MessageSystemAttributeNameForSends, MessageSystemAttributeValue, SendMessageBatchRequestEntry,
};

use super::*;

fn text(data_type: &str, value: &str) -> MessageAttributeValue {
    MessageAttributeValue::builder().data_type(data_type).string_value(value).build().unwrap()
}

#[tokio::test]
async fn body_attributes_and_digests_arrive_as_sent() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    let header = MessageSystemAttributeValue::builder().data_type("String").string_value("Root=1-x").build().unwrap();
    let binary = MessageAttributeValue::builder().data_type("Binary.raw").binary_value(Blob::new([0, 255, 7])).build().unwrap();
    let request = lab.sqs.send_message().queue_url(&url).message_body("hällo \"wörld\"");
    let sent = request
        .message_attributes("Foo", text("String", "Bar"))
        .message_attributes("n", text("Number.int", "-7"))
        .message_attributes("raw", binary.clone())
        .message_system_attributes(MessageSystemAttributeNameForSends::AwsTraceHeader, header)
        .send()
        .await
        .unwrap();
    let request = lab.sqs.receive_message().queue_url(&url).message_attribute_names("All");
    let got = request.message_system_attribute_names(MessageSystemAttributeName::All).send().await.unwrap();
    let message = &got.messages()[0];
    assert_eq!((message.body(), message.message_id()), (Some("hällo \"wörld\""), sent.message_id()));
    assert_eq!(message.md5_of_body(), sent.md5_of_message_body());
    assert_eq!(message.md5_of_message_attributes(), sent.md5_of_message_attributes());
    let attributes = message.message_attributes().unwrap();
    assert_eq!((&attributes["Foo"], &attributes["raw"], attributes.len()), (&text("String", "Bar"), &binary, 3));
    let system = message.attributes().unwrap();
    assert_eq!(system[&MessageSystemAttributeName::AwsTraceHeader], "Root=1-x");
    assert_eq!(system[&MessageSystemAttributeName::ApproximateReceiveCount], "1");
    assert!(system[&MessageSystemAttributeName::SenderId].starts_with("AIDA"), "{system:?}");
    assert_eq!(system[&MessageSystemAttributeName::SentTimestamp].len(), 13, "milliseconds");
    assert_eq!(system.len(), 5, "{system:?}");
}

#[tokio::test]
async fn attributes_are_returned_when_asked_for_only() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    let request = lab.sqs.send_message().queue_url(&url).message_body("m");
    request.message_attributes("a.b", text("String", "x")).message_attributes("c", text("String", "y")).send().await.unwrap();
    for (names, expected) in [(&[][..], &[][..]), (&["a.*"], &["a.b"]), (&["c", "none"], &["c"]), (&["All"], &["a.b", "c"])] {
        let request = lab.sqs.receive_message().queue_url(&url).visibility_timeout(0);
        let request = request.set_message_attribute_names(Some(names.iter().map(|&name| name.into()).collect()));
        let got = request.send().await.unwrap();
        let attributes = got.messages()[0].message_attributes().cloned().unwrap_or_default();
        let mut found: Vec<_> = attributes.keys().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "asked for {names:?}");
        assert!(got.messages()[0].attributes().is_none(), "system attributes were not asked for");
    }
}

#[tokio::test]
async fn a_batch_is_answered_entry_by_entry() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[(Attribute::MaximumMessageSize, "1024")]).await;
    let entry = |id: &str, body: &str| SendMessageBatchRequestEntry::builder().id(id).message_body(body).build().unwrap();
    let long = "x".repeat(1025);
    let request = lab.sqs.send_message_batch().queue_url(&url);
    let sent = request.entries(entry("a", "1")).entries(entry("b", &long)).entries(entry("c", "3")).send().await.unwrap();
    let ids: Vec<_> = sent.successful().iter().map(|entry| entry.id()).collect();
    assert_eq!(ids, ["a", "c"]);
    let failed = &sent.failed()[0];
    assert_eq!((failed.id(), failed.code(), failed.sender_fault()), ("b", "InvalidParameterValue", true));

    let messages = lab.receive(&url).await;
    assert_eq!(bodies(&messages), ["1", "3"]);
    let handle = |n: usize| messages[n].receipt_handle().unwrap();
    let back = ChangeMessageVisibilityBatchRequestEntry::builder().id("x").receipt_handle(handle(1)).visibility_timeout(0);
    let changed = lab.sqs.change_message_visibility_batch().queue_url(&url).entries(back.build().unwrap()).send().await.unwrap();
    assert_eq!(changed.successful().len(), 1);
    let delete = |id: &str, handle: &str| DeleteMessageBatchRequestEntry::builder().id(id).receipt_handle(handle).build().unwrap();
    let request = lab.sqs.delete_message_batch().queue_url(&url).entries(delete("good", handle(0)));
    let deleted = request.entries(delete("bad", "nonsense")).send().await.unwrap();
    assert_eq!((deleted.successful()[0].id(), deleted.failed()[0].code()), ("good", "ReceiptHandleIsInvalid"));
    assert_eq!(bodies(&lab.receive(&url).await), ["3"], "one was deleted, the other given back");
}

#[tokio::test]
async fn a_queue_is_reached_by_account_and_name_whatever_the_host() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    assert_eq!(url, format!("{}/123456789012/q", lab.sandbox.endpoint()));
    lab.send("https://sqs.eu-central-1.amazonaws.com/123456789012/q", "m").await;
    assert_eq!(bodies(&lab.receive(&url).await), ["m"]);
}

#[tokio::test]
async fn a_message_received_too_often_is_found_in_the_dead_letter_queue() {
    let lab = Lab::start().await;
    let dead = lab.queue("dead", &[]).await;
    let dead_arn = lab.attribute(&dead, Attribute::QueueArn).await.unwrap();
    let redrive = format!(r#"{{"deadLetterTargetArn":"{dead_arn}","maxReceiveCount":"2"}}"#);
    let url = lab.queue("q", &[(Attribute::RedrivePolicy, &redrive), (Attribute::VisibilityTimeout, "0")]).await;
    lab.send(&url, "poison").await;
    for left in [1, 1, 0] {
        assert_eq!(lab.receive(&url).await.len(), left);
    }
    let request = lab.sqs.receive_message().queue_url(&dead).message_system_attribute_names(MessageSystemAttributeName::All);
    let got = request.send().await.unwrap();
    let source = &got.messages()[0].attributes().unwrap()[&MessageSystemAttributeName::DeadLetterQueueSourceArn];
    assert_eq!(source, "arn:aws:sqs:eu-central-1:123456789012:q");
    let sources = lab.sqs.list_dead_letter_source_queues().queue_url(&dead).send().await.unwrap();
    assert_eq!(sources.queue_urls(), [url]);
}
