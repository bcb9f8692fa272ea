//! What does not depend on another answer is asked at the same time.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use waybill_aws::{Clients, Connection, KeyPair};
use waybill_diagnosis::diagnose;

use super::case::{case, now};

/// Identity, source, bus, rule, its figures, its targets, and the queue.
const INDEPENDENT: usize = 7;

const REFUSED: &str = r#"{"__type":"AccessDeniedException","message":"no"}"#;

/// Answers nobody before all have asked.
async fn answer_all_at_once(listener: TcpListener) {
    let mut waiting: Vec<TcpStream> = Vec::new();
    while waiting.len() < INDEPENDENT {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.read_exact(&mut [0; 4]).await.unwrap();
        waiting.push(stream);
    }
    for mut stream in waiting {
        let answer = format!(
            "HTTP/1.1 400 Bad Request\r\nx-amzn-requestid: r-1\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{REFUSED}",
            REFUSED.len()
        );
        stream.write_all(answer.as_bytes()).await.unwrap();
        tokio::spawn(async move {
            // Until the client has gone, so that its request is not cut off.
            while stream.read(&mut [0; 1024]).await.is_ok_and(|read| read > 0) {}
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_request_waits_for_an_answer_that_it_does_not_need() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let answering = tokio::spawn(answer_all_at_once(listener));
    let keys = || KeyPair { access_key_id: "AKIA".into(), secret_access_key: "secret".into() };
    let connection = Connection::Sandbox { endpoint, keys: keys(), partner: keys() };
    let clients = Clients::connect(&connection, &"eu-central-1".parse().unwrap()).await.unwrap();
    // Were they sent one after the other, this would never end.
    let diagnosis = diagnose(&clients, &case(), now, |_| ()).await.unwrap();
    answering.await.unwrap();
    assert!(diagnosis.seen.requests.len() >= INDEPENDENT, "{:?}", diagnosis.seen.requests);
}
