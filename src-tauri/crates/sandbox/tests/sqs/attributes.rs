//! Queues and their attributes.

use super::*;

const POLICY: &str = r#"{ "Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": "*"}] }"#;

#[tokio::test]
async fn a_policy_is_kept_as_it_was_set_and_removed_by_an_empty_one() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    let set = |policy: &str| lab.sqs.set_queue_attributes().queue_url(&url).attributes(Attribute::Policy, policy).send();
    assert_eq!(lab.attribute(&url, Attribute::Policy).await, None, "a new queue has none");
    set(POLICY).await.unwrap();
    assert_eq!(lab.attribute(&url, Attribute::Policy).await.as_deref(), Some(POLICY));
    let refused = set("{not json").await.unwrap_err().into_service_error();
    assert_eq!(refused.meta().message(), Some("Invalid value for the parameter Policy."));
    assert!(refused.is_invalid_attribute_value(), "{refused:?}");
    assert_eq!(lab.attribute(&url, Attribute::Policy).await.as_deref(), Some(POLICY), "a refusal changes nothing");
    set("").await.unwrap();
    assert_eq!(lab.attribute(&url, Attribute::Policy).await, None);
}

#[tokio::test]
async fn a_new_queue_shows_awss_defaults() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    let request = lab.sqs.get_queue_attributes().queue_url(&url).attribute_names(Attribute::All);
    let all = request.send().await.unwrap().attributes.unwrap();
    for (name, value) in [
        (Attribute::QueueArn, "arn:aws:sqs:eu-central-1:123456789012:q"),
        (Attribute::VisibilityTimeout, "30"),
        (Attribute::MessageRetentionPeriod, "345600"),
        (Attribute::MaximumMessageSize, "1048576"),
        (Attribute::DelaySeconds, "0"),
        (Attribute::ReceiveMessageWaitTimeSeconds, "0"),
        (Attribute::SqsManagedSseEnabled, "true"),
        (Attribute::ApproximateNumberOfMessages, "0"),
        (Attribute::ApproximateNumberOfMessagesDelayed, "0"),
        (Attribute::ApproximateNumberOfMessagesNotVisible, "0"),
    ] {
        assert_eq!(all.get(&name).map(String::as_str), Some(value), "{name:?}");
    }
    assert_eq!(all.len(), 12, "these and two timestamps: {all:?}");
    let none = lab.sqs.get_queue_attributes().queue_url(&url).send().await.unwrap();
    assert!(none.attributes().is_none_or(|attributes| attributes.is_empty()), "nothing asked, nothing answered");
}

#[tokio::test]
async fn queues_are_listed_page_by_page() {
    let lab = Lab::start().await;
    for name in ["b3", "a1", "b1", "b2"] {
        lab.queue(name, &[]).await;
    }
    let pages = lab.sqs.list_queues().queue_name_prefix("b").into_paginator().page_size(2).items().send();
    let urls = pages.collect::<Result<Vec<_>, _>>().await.unwrap();
    let names: Vec<_> = urls.iter().map(|url| url.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["b1", "b2", "b3"]);
    let none = lab.sqs.list_queues().queue_name_prefix("x").send().await.unwrap();
    assert!(none.queue_urls().is_empty());
}

#[tokio::test]
async fn each_region_has_queues_of_its_own() {
    let lab = Lab::start().await;
    lab.queue("q", &[]).await;
    let elsewhere = lab.in_region("us-east-1");
    let refused = elsewhere.get_queue_url().queue_name("q").send().await.unwrap_err().into_service_error();
    assert!(refused.is_queue_does_not_exist(), "{refused:?}");
    elsewhere.create_queue().queue_name("q").send().await.unwrap();
    let url = elsewhere.get_queue_url().queue_name("q").send().await.unwrap().queue_url.unwrap();
    let request = elsewhere.get_queue_attributes().queue_url(url).attribute_names(Attribute::QueueArn);
    let arn = request.send().await.unwrap().attributes.unwrap().remove(&Attribute::QueueArn);
    assert_eq!(arn.as_deref(), Some("arn:aws:sqs:us-east-1:123456789012:q"));
}

#[tokio::test]
async fn tags_are_added_and_removed() {
    let lab = Lab::start().await;
    let url = lab.sqs.create_queue().queue_name("q").tags("team", "alerts").send().await.unwrap().queue_url.unwrap();
    lab.sqs.tag_queue().queue_url(&url).tags("made-by", "waybill").send().await.unwrap();
    lab.sqs.untag_queue().queue_url(&url).tag_keys("team").send().await.unwrap();
    let tags = lab.sqs.list_queue_tags().queue_url(&url).send().await.unwrap().tags.unwrap();
    assert_eq!(tags, [("made-by".to_owned(), "waybill".to_owned())].into());
}
