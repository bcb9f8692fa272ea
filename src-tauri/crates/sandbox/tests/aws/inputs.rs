//! What a target receives instead of the whole event.

use aws_sdk_eventbridge::types::{InputTransformer, PutPartnerEventsRequestEntry, Target};

use crate::support::{Lab, SOURCE, code, message};

async fn received(lab: &Lab, queue: &(String, String), target: Target) -> String {
    lab.target("all", target).await;
    let detail = r#"{"incident":{"id":7,"summary":"disk full"}}"#;
    let entry = PutPartnerEventsRequestEntry::builder().source(SOURCE).detail_type("incident-created").detail(detail);
    lab.partner.put_partner_events().entries(entry.build()).send().await.unwrap();
    lab.drain(queue).await.remove(0)
}

#[tokio::test]
async fn a_target_receives_what_its_input_says() {
    let lab = Lab::ephemeral().await;
    let queue = lab.chain().await;
    let base = || Target::builder().id("t1").arn(&queue.1);
    let constant = base().input(r#"{"constant":true}"#).build().unwrap();
    assert_eq!(received(&lab, &queue, constant).await, r#"{"constant":true}"#);
    let part = base().input_path("$.detail.incident").build().unwrap();
    assert_eq!(received(&lab, &queue, part).await, r#"{"id":7,"summary":"disk full"}"#);
    let transformer = InputTransformer::builder()
        .input_paths_map("id", "$.detail.incident.id")
        .input_paths_map("s", "$.detail.incident.summary")
        .input_template(r#"{"number": <id>, "text": "<s>!", "rule": <aws.events.rule-name>}"#)
        .build()
        .unwrap();
    let filled = base().input_transformer(transformer).build().unwrap();
    assert_eq!(received(&lab, &queue, filled).await, r#"{"number": 7, "text": "disk full!", "rule": "all"}"#);
}

#[tokio::test]
async fn an_undefined_placeholder_is_refused() {
    let lab = Lab::ephemeral().await;
    let queue = lab.chain().await;
    let transformer = InputTransformer::builder().input_template("<nobody>").build().unwrap();
    let target = Target::builder().id("t1").arn(&queue.1).input_transformer(transformer).build().unwrap();
    let put = lab.events.put_targets().rule("all").event_bus_name(SOURCE).targets(target);
    let refused = put.send().await.unwrap_err();
    assert_eq!(code(&refused), "ValidationException");
    assert_eq!(message(&refused), "InputTemplate for target t1 contains invalid placeholder nobody.");
}
