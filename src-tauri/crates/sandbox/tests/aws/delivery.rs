//! From the partner's call to the queue.

use aws_sdk_eventbridge::types::{PutEventsRequestEntry, PutPartnerEventsRequestEntry, SqsParameters, Target};
use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::Value;

use crate::support::{ACCOUNT, ALL, Lab, REGION, SOURCE, target};

#[tokio::test]
async fn an_event_arrives_in_its_envelope_with_the_detail_untouched() {
    let lab = Lab::ephemeral().await;
    let inbox = lab.chain().await;
    let detail = r#"{"z":1.0000000000000000001,"a":{"text":"Grüße \"x\""},"n":12345678901234567890}"#;
    let entry = PutPartnerEventsRequestEntry::builder()
        .source(SOURCE)
        .detail_type("incident-created")
        .detail(detail)
        .resources("ilert")
        .time(aws_sdk_eventbridge::primitives::DateTime::from_secs_and_nanos(1_603_700_176, 987_000_000))
        .build();
    let answer = lab.partner.put_partner_events().entries(entry).send().await.unwrap();
    let id = answer.entries()[0].event_id().unwrap();
    assert_eq!(
        lab.drain(&inbox).await,
        [format!(
            r#"{{"version":"0","id":"{id}","detail-type":"incident-created","source":"{SOURCE}","account":"{ACCOUNT}","time":"2020-10-26T08:16:16Z","region":"{REGION}","resources":["ilert"],"detail":{detail}}}"#
        )]
    );
}

#[tokio::test]
async fn each_matching_rule_and_each_target_gets_the_same_event() {
    let lab = Lab::ephemeral().await;
    let first = lab.chain().await;
    let (second, third) = (lab.queue("second").await, lab.queue("third").await);
    let rule = lab.rule("created", r#"{"detail-type":["incident-created"]}"#).await;
    lab.allow(&second, &rule).await;
    lab.allow(&third, &rule).await;
    lab.target("created", target(&second.1)).await;
    lab.target("created", Target::builder().id("t2").arn(&third.1).build().unwrap()).await;
    let created = lab.publish("incident-created").await;
    lab.publish("incident-resolved").await;
    assert_eq!(lab.drain(&first).await.len(), 2, "all events");
    for queue in [second, third] {
        let bodies = lab.drain(&queue).await;
        assert_eq!(bodies.len(), 1, "one of the two types");
        assert_eq!(serde_json::from_str::<Value>(&bodies[0]).unwrap()["id"], created);
    }
}

#[tokio::test]
async fn a_disabled_rule_delivers_nothing_until_it_is_enabled() {
    let lab = Lab::ephemeral().await;
    let inbox = lab.chain().await;
    lab.events.disable_rule().name("all").event_bus_name(SOURCE).send().await.unwrap();
    lab.publish("incident-created").await;
    assert!(lab.drain(&inbox).await.is_empty());
    lab.events.enable_rule().name("all").event_bus_name(SOURCE).send().await.unwrap();
    lab.publish("incident-created").await;
    assert_eq!(lab.drain(&inbox).await.len(), 1);
}

#[tokio::test]
async fn without_the_queues_leave_the_event_is_dropped_and_the_publisher_never_knows() {
    let lab = Lab::ephemeral().await;
    let inbox = lab.chain().await;
    let rule = format!("arn:aws:events:{REGION}:{ACCOUNT}:rule/{SOURCE}/all");
    lab.allow(&inbox, &format!("{rule}-other")).await;
    lab.publish("incident-created").await;
    let none = lab.sqs.set_queue_attributes().queue_url(&inbox.0).attributes(QueueAttributeName::Policy, "");
    none.send().await.unwrap();
    lab.publish("incident-created").await;
    assert!(lab.drain(&inbox).await.is_empty(), "a policy for another rule, and none at all");
    lab.allow(&inbox, &rule).await;
    lab.publish("incident-created").await;
    assert_eq!(lab.drain(&inbox).await.len(), 1, "lost events do not come back");
}

#[tokio::test]
async fn a_fifo_target_sets_the_message_group() {
    let lab = Lab::ephemeral().await;
    lab.offer().await;
    lab.associate().await;
    let rule = lab.rule("all", ALL).await;
    let create = lab.sqs.create_queue().queue_name("inbox.fifo").attributes(QueueAttributeName::FifoQueue, "true");
    let create = create.attributes(QueueAttributeName::ContentBasedDeduplication, "true");
    let url = create.send().await.unwrap().queue_url.unwrap();
    let queue = (url, format!("arn:aws:sqs:{REGION}:{ACCOUNT}:inbox.fifo"));
    lab.allow(&queue, &rule).await;
    let group = SqsParameters::builder().message_group_id("ilert").build();
    lab.target("all", Target::builder().id("t1").arn(&queue.1).sqs_parameters(group).build().unwrap()).await;
    lab.publish("incident-created").await;
    lab.publish("incident-resolved").await;
    assert_eq!(lab.drain(&queue).await.len(), 2);
}

#[tokio::test]
async fn a_waiting_receiver_is_woken_by_the_event() {
    let lab = Lab::ephemeral().await;
    let inbox = lab.chain().await;
    let receive = lab.sqs.receive_message().queue_url(&inbox.0).wait_time_seconds(20).send();
    let (received, _) = tokio::join!(receive, lab.publish("incident-created"));
    assert_eq!(received.unwrap().messages().len(), 1);
}

#[tokio::test]
async fn an_event_carries_its_trace_header_and_a_thousand_levels() {
    let lab = Lab::ephemeral().await;
    let rule = lab.events.put_rule().name("deep").event_pattern(r#"{"source":["deep"]}"#).send().await.unwrap().rule_arn.unwrap();
    let queue = lab.queue("inbox").await;
    lab.allow(&queue, &rule).await;
    lab.events.put_targets().rule("deep").targets(target(&queue.1)).send().await.unwrap();
    let detail = format!("{}1{}", r#"{"a":"#.repeat(999), "}".repeat(999));
    let trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
    let entry = PutEventsRequestEntry::builder().source("deep").detail_type("t").trace_header(trace);
    let put = lab.events.put_events().entries(entry.clone().detail(&detail).build());
    let put = put.entries(entry.detail(format!(r#"{{"a":{detail}}}"#)).build()).send().await.unwrap();
    assert_eq!(put.entries()[1].error_code(), Some("MalformedDetail"), "a thousand and one with the envelope");
    let all = aws_sdk_sqs::types::MessageSystemAttributeName::All;
    let messages =
        lab.sqs.receive_message().queue_url(&queue.0).message_system_attribute_names(all).send().await.unwrap().messages.unwrap();
    assert!(messages[0].body().unwrap().ends_with(&format!(r#""detail":{detail}}}"#)));
    let name = aws_sdk_sqs::types::MessageSystemAttributeName::AwsTraceHeader;
    assert_eq!(messages[0].attributes().unwrap()[&name], trace);
}
