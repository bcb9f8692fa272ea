//! Refusals carry AWS's codes, as the SDK's own error types.

use aws_sdk_sqs::error::ProvideErrorMetadata;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;

use super::*;

fn entries(ids: &[&str]) -> Vec<SendMessageBatchRequestEntry> {
    ids.iter().map(|&id| SendMessageBatchRequestEntry::builder().id(id).message_body("m").build().unwrap()).collect()
}

#[tokio::test]
async fn an_absent_queue_is_told_under_both_its_names() {
    let lab = Lab::start().await;
    let url = format!("{}/123456789012/absent", lab.sandbox.endpoint());
    let error = lab.sqs.receive_message().queue_url(url).send().await.unwrap_err().into_service_error();
    assert!(error.is_queue_does_not_exist(), "the shape: {error:?}");
    assert_eq!(error.code(), Some("AWS.SimpleQueueService.NonExistentQueue"), "the name of the Query days");
    assert_eq!(error.message(), Some("The specified queue does not exist."));
}

#[tokio::test]
async fn wrong_batches_are_refused_whole() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    let send = |ids: &[&str]| lab.sqs.send_message_batch().queue_url(&url).set_entries(Some(entries(ids))).send();
    let eleven: Vec<String> = (0..11).map(|n| n.to_string()).collect();
    let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
    let error = send(&eleven).await.unwrap_err().into_service_error();
    assert!(error.is_too_many_entries_in_batch_request(), "{error:?}");
    assert_eq!(error.message(), Some("Maximum number of entries per request are 10. You have sent 11."));
    assert!(send(&[]).await.unwrap_err().into_service_error().is_empty_batch_request());
    assert!(send(&["a", "a"]).await.unwrap_err().into_service_error().is_batch_entry_ids_not_distinct());
    assert!(send(&["a:b"]).await.unwrap_err().into_service_error().is_invalid_batch_entry_id());
    let half = SendMessageBatchRequestEntry::builder().message_body("x".repeat(600_000));
    let halves = ["a", "b"].map(|id| half.clone().id(id).build().unwrap());
    let request = lab.sqs.send_message_batch().queue_url(&url).set_entries(Some(halves.into()));
    assert!(request.send().await.unwrap_err().into_service_error().is_batch_request_too_long());
    assert!(lab.receive(&url).await.is_empty(), "nothing of them was sent");
}

#[tokio::test]
async fn each_refusal_has_awss_code() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[(Attribute::DelaySeconds, "0")]).await;
    let receive = || lab.sqs.receive_message().queue_url(&url);
    let create = |name: &str| lab.sqs.create_queue().queue_name(name);
    let codes = [
        (receive().max_number_of_messages(11).send().await.unwrap_err().code().map(str::to_owned), "InvalidParameterValue"),
        (receive().wait_time_seconds(21).send().await.unwrap_err().code().map(str::to_owned), "InvalidParameterValue"),
        (receive().visibility_timeout(43_201).send().await.unwrap_err().code().map(str::to_owned), "InvalidParameterValue"),
        (
            receive().message_system_attribute_names("Color".into()).send().await.unwrap_err().code().map(str::to_owned),
            "InvalidAttributeName",
        ),
        (create("q").attributes(Attribute::DelaySeconds, "5").send().await.unwrap_err().code().map(str::to_owned), "QueueAlreadyExists"),
        (create("q.q").send().await.unwrap_err().code().map(str::to_owned), "InvalidParameterValue"),
        (
            create("p").attributes(Attribute::DelaySeconds, "901").send().await.unwrap_err().code().map(str::to_owned),
            "InvalidAttributeValue",
        ),
        (create("p").attributes(Attribute::FifoQueue, "true").send().await.unwrap_err().code().map(str::to_owned), "InvalidParameterValue"),
        (
            lab.sqs.delete_message().queue_url(&url).receipt_handle("x").send().await.unwrap_err().code().map(str::to_owned),
            "ReceiptHandleIsInvalid",
        ),
        (
            lab.sqs.send_message().queue_url(&url).message_body("\u{1}").send().await.unwrap_err().code().map(str::to_owned),
            "InvalidMessageContents",
        ),
        (lab.sqs.send_message().queue_url(&url).message_body("").send().await.unwrap_err().code().map(str::to_owned), "MissingParameter"),
        (
            lab.sqs.send_message().queue_url(&url).message_body("x".repeat(1_048_577)).send().await.unwrap_err().code().map(str::to_owned),
            "InvalidParameterValue",
        ),
        (
            lab.sqs
                .get_queue_attributes()
                .queue_url(&url)
                .attribute_names("Color".into())
                .send()
                .await
                .unwrap_err()
                .code()
                .map(str::to_owned),
            "InvalidAttributeName",
        ),
        (lab.sqs.delete_queue().queue_url("q").send().await.unwrap_err().code().map(str::to_owned), "InvalidAddress"),
        (
            lab.sqs
                .start_message_move_task()
                .source_arn("arn:aws:sqs:eu-central-1:123456789012:q")
                .send()
                .await
                .unwrap_err()
                .code()
                .map(str::to_owned),
            "InvalidAction",
        ),
    ];
    for (n, (code, expected)) in codes.into_iter().enumerate() {
        assert_eq!(code.as_deref(), Some(expected), "case {n}");
    }
}

#[tokio::test]
async fn a_queue_is_purged_once_a_minute() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    lab.send(&url, "m").await;
    lab.sqs.purge_queue().queue_url(&url).send().await.unwrap();
    assert!(lab.receive(&url).await.is_empty());
    let error = lab.sqs.purge_queue().queue_url(&url).send().await.unwrap_err().into_service_error();
    assert!(error.is_purge_queue_in_progress(), "{error:?}");
}
