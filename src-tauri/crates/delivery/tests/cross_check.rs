//! TestEventPattern's answers beside Waybill's reading, from endpoints that agree, disagree, refuse or are gone.
#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use waybill_aws::{Clients, Connection, KeyPair};
use waybill_delivery::{Plan, PlannedEvent, cross_check};
use waybill_domain::{EventType, Expectation, IncidentId, Outgoing, Timestamp};

const REGION: &str = "eu-central-1";
const PATTERN: &str = r#"{"detail-type":["incident-created"]}"#;

fn planned(event_type: EventType, expectation: Expectation) -> PlannedEvent {
    let outgoing = Outgoing {
        source: "aws.partner/ilert.com/test/1".parse().unwrap(),
        event_type,
        detail: r#"{"id":"1"}"#.into(),
        incident: IncidentId(1),
        time: Timestamp::from_millis(0),
        account: "123456789012".parse().unwrap(),
        region: REGION.parse().unwrap(),
    };
    PlannedEvent { outgoing, expectation }
}

/// An endpoint that gives every request the same answer, and counts them.
async fn endpoint(status: &'static str, body: &'static str) -> (Clients, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(answer(stream, status, body));
        }
    });
    (clients(url).await, asked)
}

async fn answer(mut stream: TcpStream, status: &str, body: &str) {
    let mut request = Vec::new();
    while !is_whole(&request) {
        if stream.read_buf(&mut request).await.unwrap() == 0 {
            return;
        }
    }
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
}

/// Whether head and body of a request are there.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")).map_or(0, |length| length.trim().parse().unwrap());
    body.len() >= length
}

async fn clients(endpoint: String) -> Clients {
    let keys = || KeyPair { access_key_id: "AKIAEXAMPLE".into(), secret_access_key: "secret".into() };
    Clients::connect(&Connection::Sandbox { endpoint, keys: keys(), partner: keys() }, &REGION.parse().unwrap()).await.unwrap()
}

#[tokio::test]
async fn aws_is_asked_once_for_every_type_that_is_not_withheld_and_a_disagreement_is_told() {
    let (clients, asked) = endpoint("200 OK", r#"{"Result":false}"#).await;
    let events = [
        planned(EventType::Created, Expectation::MustArrive),
        planned(EventType::Created, Expectation::MustArrive),
        planned(EventType::Resolved, Expectation::MustNotArrive),
        planned(EventType::Raised, Expectation::Withheld),
    ];
    let check = cross_check(clients.events(), PATTERN, &Plan::from(events.to_vec())).await;
    let answers: Vec<_> = check.answers.iter().map(|answer| (answer.event_type, answer.waybill, answer.aws)).collect();
    assert_eq!(answers, [(EventType::Created, true, false), (EventType::Resolved, false, false)]);
    assert_eq!(asked.load(Ordering::Relaxed), 2, "once for every distinct type");
    let told = check.disagreements();
    assert!(told.len() == 1 && told[0].contains("incident-created"), "{told:?}");
    assert_eq!(check.untold, None);
}

#[tokio::test]
async fn an_endpoint_that_has_no_such_operation_is_told_and_nothing_is_made_up() {
    let refused = r#"{"__type":"UnknownOperationException","message":"no such operation"}"#;
    let (clients, _) = endpoint("400 Bad Request", refused).await;
    let check = cross_check(clients.events(), PATTERN, &Plan::from(vec![planned(EventType::Created, Expectation::MustArrive)])).await;
    assert!(check.answers.is_empty() && check.disagreements().is_empty());
    assert!(check.untold.unwrap().contains("no such operation"));
}
