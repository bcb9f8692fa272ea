//! What is known of a request that failed: never reached, refused, or sent with an outcome that nobody knows.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::time::{Duration, Instant};

use common::{Server, clients, json_answer, publish};
use waybill_aws::{CallError, CallErrorKind, Clients, call_error};

async fn describe_bus(clients: &Clients) -> Result<(), CallError> {
    let request = clients.events().describe_event_bus().name("x");
    request.send().await.map(drop).map_err(|error| call_error("events", "DescribeEventBus", error))
}

/// An address on which nobody listens.
async fn closed_address() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test]
async fn an_address_on_which_nobody_listens_was_never_reached() {
    let error = publish(&clients(&closed_address().await).await).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Unreachable, "{error}");
    assert_eq!((error.code, error.http_status, error.request_id), (None, None, None));
    assert!(error.message.contains("refused"), "the message tells why: {}", error.message);
}

#[tokio::test]
async fn a_host_that_does_not_exist_was_never_reached() {
    let error = publish(&clients("http://waybill.invalid").await).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Unreachable, "{error}");
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_leaves_the_outcome_unknown_and_is_not_sent_again() {
    let server = Server::start("").await;
    let error = publish(&clients(&server.endpoint).await).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::OutcomeUnknown, "{error}");
    assert_eq!(server.requests(), 1, "an event must never silently be sent twice");
}

#[tokio::test]
async fn half_an_answer_leaves_the_outcome_unknown() {
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"FailedEntryCount\":0,";
    let server = Server::start(half).await;
    let error = publish(&clients(&server.endpoint).await).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::OutcomeUnknown, "{error}");
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_leaves_the_outcome_unknown() {
    let server = Server::start(json_answer("200 OK", "x-amzn-requestid: r-9\r\n", "<html>")).await;
    let error = publish(&clients(&server.endpoint).await).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::OutcomeUnknown, "{error}");
    assert_eq!((error.http_status, error.request_id.as_deref()), (Some(200), Some("r-9")), "what is known is kept");
}

#[tokio::test]
async fn publishing_is_tried_once_and_reading_is_tried_again() {
    for (status, code) in [("500 Internal Server Error", "InternalException"), ("400 Bad Request", "ThrottlingException")] {
        let answer = json_answer(status, "", &format!(r#"{{"__type":"{code}","message":"not now"}}"#));
        let publishing = Server::start(answer.clone()).await;
        publish(&clients(&publishing.endpoint).await).await.unwrap_err();
        assert_eq!(publishing.requests(), 1, "{code}: the publisher decides about a second attempt");
        let reading = Server::start(answer).await;
        describe_bus(&clients(&reading.endpoint).await).await.unwrap_err();
        assert_eq!(reading.requests(), 3, "{code}: a read is harmless");
    }
}

#[tokio::test]
async fn customers_events_are_published_once_too() {
    let server = Server::start("").await;
    let clients = clients(&server.endpoint).await;
    let entry = aws_sdk_eventbridge::types::PutEventsRequestEntry::builder().source("a").detail_type("b").detail("{}").build();
    let error = clients.events().put_events().entries(entry).send().await.map_err(|error| call_error("events", "PutEvents", error));
    assert_eq!(error.unwrap_err().kind, CallErrorKind::OutcomeUnknown);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_refusal_keeps_code_words_status_and_request_id() {
    let body = r#"{"__type":"ResourceNotFoundException","message":"Event bus x does not exist."}"#;
    let server = Server::start(json_answer("400 Bad Request", "x-amzn-requestid: r-1\r\n", body)).await;
    let error = describe_bus(&clients(&server.endpoint).await).await.unwrap_err();
    let expected = CallError {
        service: "events",
        operation: "DescribeEventBus",
        kind: CallErrorKind::NotFound,
        code: Some("ResourceNotFoundException".to_owned()),
        message: "Event bus x does not exist.".to_owned(),
        http_status: Some(400),
        request_id: Some("r-1".to_owned()),
    };
    assert_eq!(error, expected);
    let words = "events:DescribeEventBus was refused: Event bus x does not exist (ResourceNotFoundException, request r-1)";
    assert_eq!(error.to_string(), words);
}

#[tokio::test]
async fn publishing_to_an_unreachable_address_fails_at_once() {
    let clients = clients(&closed_address().await).await;
    let begun = Instant::now();
    publish(&clients).await.unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(1), "nothing is waited for: {:?}", begun.elapsed());
}
