//! A server of one page that answers whatever a test wants, and counts.
#![allow(dead_code, reason = "every test file uses its own part")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_sdk_eventbridge::types::PutPartnerEventsRequestEntry;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use waybill_aws::{Clients, Connection, KeyPair};
use waybill_domain::Region;

/// Answers every request in the same way; ends with the test.
pub(crate) struct Server {
    /// Its address.
    pub(crate) endpoint: String,
    requests: Arc<AtomicUsize>,
}

impl Server {
    /// A server that reads each request to its end, then sends `answer` and closes; an empty answer just closes.
    pub(crate) async fn start(answer: impl Into<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicUsize::new(0));
        let (answer, counter) = (answer.into(), Arc::clone(&requests));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                if read_request(&mut stream).await {
                    counter.fetch_add(1, Ordering::SeqCst);
                    stream.write_all(answer.as_bytes()).await.unwrap();
                }
            }
        });
        Self { endpoint, requests }
    }

    /// How many whole requests it has read.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

async fn read_request(stream: &mut TcpStream) -> bool {
    let mut request = Vec::new();
    loop {
        let mut part = [0; 4096];
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => return false,
            Ok(length) => request.extend_from_slice(&part[..length]),
        }
        if is_whole(&request) {
            return true;
        }
    }
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0);
    body.len() >= length
}

/// An answer in the JSON protocol of EventBridge.
pub(crate) fn json_answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n{body}",
        body.len()
    )
}

pub(crate) fn region() -> Region {
    "eu-central-1".parse().unwrap()
}

/// The sandbox's kind of connection, to any address.
pub(crate) fn connection(endpoint: &str) -> Connection {
    let keys = |id: &str| KeyPair { access_key_id: id.to_owned(), secret_access_key: "secret".to_owned() };
    Connection::Sandbox { endpoint: endpoint.to_owned(), keys: keys("CUSTOMER"), partner: keys("PARTNER") }
}

pub(crate) async fn clients(endpoint: &str) -> Clients {
    Clients::connect(&connection(endpoint), &region()).await.unwrap()
}

/// Publishes one event as the partner.
pub(crate) async fn publish(clients: &Clients) -> Result<(), waybill_aws::CallError> {
    let entry =
        PutPartnerEventsRequestEntry::builder().source("aws.partner/ilert.com/test/1").detail_type("incident-created").detail("{}").build();
    let request = clients.partner().expect("the sandbox has a partner").put_partner_events().entries(entry);
    request.send().await.map(drop).map_err(|error| waybill_aws::call_error("events", "PutPartnerEvents", error))
}
