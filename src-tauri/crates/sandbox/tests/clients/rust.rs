//! The flow by the Rust SDK.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_sdk_eventbridge::types::{PutPartnerEventsRequestEntry, Target};
use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::{Value, json};
use waybill_sandbox::{Sandbox, SandboxConfig};

const SOURCE: &str = "aws.partner/ilert.com/test/cc23670e-2073-4b3c-a1f3-f366b0a5e5d9";
const ACCOUNT: &str = "123456789012";

async fn sdk(sandbox: &Sandbox, (id, secret): (&str, &str)) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .endpoint_url(sandbox.endpoint())
        .region(Region::new(sandbox.config().region.clone()))
        .credentials_provider(Credentials::from_keys(id, secret, None))
        .load()
        .await
}

#[tokio::test]
async fn the_rust_sdk_runs_the_whole_flow() {
    let sandbox = Sandbox::start(SandboxConfig::ephemeral()).await.unwrap();
    let keys = sandbox.keys();
    let own = sdk(&sandbox, (&keys.access_key_id, &keys.secret_access_key)).await;
    let (events, sqs) = (aws_sdk_eventbridge::Client::new(&own), aws_sdk_sqs::Client::new(&own));
    let theirs = sdk(&sandbox, (&keys.partner_access_key_id, &keys.partner_secret_access_key)).await;
    let partner = aws_sdk_eventbridge::Client::new(&theirs);

    partner.create_partner_event_source().name(SOURCE).account(ACCOUNT).send().await.unwrap();
    events.create_event_bus().name(SOURCE).event_source_name(SOURCE).send().await.unwrap();
    let pattern = json!({"account": [ACCOUNT]}).to_string();
    let rule = events.put_rule().name("all").event_bus_name(SOURCE).event_pattern(pattern).send().await.unwrap().rule_arn.unwrap();
    let arn = format!("arn:aws:sqs:eu-central-1:{ACCOUNT}:inbox");
    let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage", "Resource": arn, "Condition": {"ArnEquals": {"aws:SourceArn": rule}}}]});
    let create = sqs.create_queue().queue_name("inbox").attributes(QueueAttributeName::Policy, policy.to_string());
    let url = create.send().await.unwrap().queue_url.unwrap();
    let target = Target::builder().id("queue").arn(&arn).build().unwrap();
    let put = events.put_targets().rule("all").event_bus_name(SOURCE).targets(target).send().await.unwrap();
    assert_eq!(put.failed_entry_count(), 0);

    let entry = PutPartnerEventsRequestEntry::builder().source(SOURCE).detail_type("incident-created").detail(r#"{"id":"4711"}"#);
    let published = partner.put_partner_events().entries(entry.build()).send().await.unwrap();
    let received = sqs.receive_message().queue_url(&url).wait_time_seconds(5).send().await.unwrap();
    let message = &received.messages()[0];
    let event: Value = serde_json::from_str(message.body().unwrap()).unwrap();
    assert_eq!(event["id"], published.entries()[0].event_id().unwrap());
    sqs.delete_message().queue_url(&url).receipt_handle(message.receipt_handle().unwrap()).send().await.unwrap();

    for number in 0..5 {
        let pattern = json!({"source": [number.to_string()]}).to_string();
        events.put_rule().name(format!("page-{number}")).event_bus_name(SOURCE).event_pattern(pattern).send().await.unwrap();
        sqs.create_queue().queue_name(format!("page-{number}")).send().await.unwrap();
    }
    let mut pages = sqs.list_queues().queue_name_prefix("page-").into_paginator().page_size(2).items().send();
    let mut urls = 0;
    while let Some(url) = pages.next().await {
        assert!(url.unwrap().contains("/page-"));
        urls += 1;
    }
    assert_eq!(urls, 5, "in three pages");
    let refused = sqs.get_queue_url().queue_name("missing").send().await.unwrap_err().into_service_error();
    assert!(refused.is_queue_does_not_exist(), "{refused:?}");
}
