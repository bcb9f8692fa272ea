//! Long polling.

use std::time::{Duration, Instant};

use super::*;

/// Far below the waits asked for here, far above what a wake-up takes.
const SOON: Duration = Duration::from_secs(6);

/// A receiver that waits up to 20 seconds for one message.
fn waiting(lab: &Lab, url: &str) -> tokio::task::JoinHandle<(Vec<Message>, Duration)> {
    let request = lab.sqs.receive_message().queue_url(url).wait_time_seconds(20);
    tokio::spawn(async move {
        let started = Instant::now();
        let messages = request.send().await.map(|answer| answer.messages.unwrap_or_default());
        (messages.unwrap_or_default(), started.elapsed())
    })
}

/// Until the sandbox has every request of ours: it answers one connection after another.
async fn settle(lab: &Lab, url: &str) {
    for _ in 0..3 {
        lab.attribute(url, Attribute::QueueArn).await;
    }
}

#[tokio::test]
async fn a_message_ends_the_wait() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    let receiver = waiting(&lab, &url);
    settle(&lab, &url).await;
    lab.send(&url, "m").await;
    let (messages, took) = receiver.await.unwrap();
    assert_eq!(bodies(&messages), ["m"]);
    assert!(took < SOON, "woken by the message, after {took:?}");
}

#[tokio::test]
async fn a_delay_that_ends_ends_the_wait() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    let receiver = waiting(&lab, &url);
    settle(&lab, &url).await;
    lab.sqs.send_message().queue_url(&url).message_body("m").delay_seconds(1).send().await.unwrap();
    let (messages, took) = receiver.await.unwrap();
    assert_eq!(bodies(&messages), ["m"]);
    assert!((Duration::from_millis(900)..SOON).contains(&took), "woken by the end of its delay, after {took:?}");
}

#[tokio::test]
async fn a_visibility_timeout_that_ends_ends_the_wait() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[(Attribute::VisibilityTimeout, "1")]).await;
    lab.send(&url, "m").await;
    assert_eq!(lab.receive(&url).await.len(), 1, "someone has it");
    let (messages, took) = waiting(&lab, &url).await.unwrap();
    assert_eq!(bodies(&messages), ["m"]);
    assert!(took < SOON, "woken by its return, after {took:?}");
}

#[tokio::test]
async fn each_of_many_receivers_gets_its_own_message() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    let receivers: Vec<_> = (0..10).map(|_| waiting(&lab, &url)).collect();
    settle(&lab, &url).await;
    for n in 0..10 {
        lab.send(&url, &n.to_string()).await;
    }
    let mut got = Vec::new();
    for receiver in receivers {
        let (messages, took) = receiver.await.unwrap();
        assert!(took < SOON, "nobody waits in vain, {took:?}");
        got.extend(messages.iter().map(|message| message.body().unwrap().to_owned()));
    }
    got.sort_unstable();
    assert_eq!(got, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], "each message went to one");
}

#[tokio::test]
async fn the_queues_own_wait_applies_where_none_is_asked_for() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[(Attribute::ReceiveMessageWaitTimeSeconds, "1")]).await;
    let started = Instant::now();
    assert!(lab.receive(&url).await.is_empty());
    let took = started.elapsed();
    assert!((Duration::from_millis(900)..SOON).contains(&took), "waited for {took:?}");
    let started = Instant::now();
    let request = lab.sqs.receive_message().queue_url(&url).wait_time_seconds(0);
    assert!(request.send().await.unwrap().messages().is_empty());
    assert!(started.elapsed() < Duration::from_millis(900), "0 asks not to wait");
}

#[tokio::test]
async fn a_deleted_queue_ends_the_wait() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    let receiver = waiting(&lab, &url);
    settle(&lab, &url).await;
    lab.sqs.delete_queue().queue_url(&url).send().await.unwrap();
    let (messages, took) = receiver.await.unwrap();
    assert!(messages.is_empty() && took < SOON, "the wait ended after {took:?}");
}

#[tokio::test]
async fn a_sandbox_that_ends_ends_the_wait() {
    let lab = Lab::start().await;
    let url = lab.queue("q", &[]).await;
    let receiver = waiting(&lab, &url);
    settle(&lab, &url).await;
    lab.sandbox.shutdown().await;
    let (messages, took) = receiver.await.unwrap();
    assert!(messages.is_empty() && took < SOON, "the wait ended after {took:?}");
}
