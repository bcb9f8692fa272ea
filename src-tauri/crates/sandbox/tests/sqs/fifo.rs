//! FIFO queues.

use aws_sdk_sqs::types::MessageSystemAttributeName;

use super::*;

#[tokio::test]
async fn a_fifo_queue_keeps_groups_in_order_and_takes_nothing_twice() {
    let lab = Lab::start().await;
    let url = lab.queue("q.fifo", &[(Attribute::FifoQueue, "true"), (Attribute::ContentBasedDeduplication, "true")]).await;
    let mut numbers = Vec::new();
    for (body, group) in [("a1", "a"), ("b1", "b"), ("a2", "a"), ("a1", "a")] {
        let request = lab.sqs.send_message().queue_url(&url).message_body(body).message_group_id(group);
        numbers.push(request.send().await.unwrap().sequence_number.unwrap());
    }
    assert!(numbers[0] < numbers[1] && numbers[1] < numbers[2], "numbers rise: {numbers:?}");
    assert_eq!(numbers[3], numbers[0], "a duplicate is told the first one's number");
    let request = lab.sqs.receive_message().queue_url(&url).message_system_attribute_names(MessageSystemAttributeName::All);
    let first = request.send().await.unwrap().messages.unwrap().remove(0);
    assert_eq!(first.body(), Some("a1"));
    assert_eq!(first.attributes().unwrap()[&MessageSystemAttributeName::MessageGroupId], "a");
    assert_eq!(first.attributes().unwrap()[&MessageSystemAttributeName::SequenceNumber], numbers[0]);
    assert_eq!(bodies(&lab.receive(&url).await), ["b1"], "group a waits for its message in flight");
    lab.sqs.delete_message().queue_url(&url).receipt_handle(first.receipt_handle().unwrap()).send().await.unwrap();
    assert_eq!(bodies(&lab.receive(&url).await), ["a2"]);
}
