//! Requests that no SDK would send.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::Lab;

/// Status line, headers and body of the answer to one unsigned request.
async fn unsigned(lab: &Lab, request: &str) -> String {
    let address = lab.sandbox.endpoint().replace("http://", "");
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let request = request.replace("host: x", &format!("host: {address}"));
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn post(headers: &str, body: &str) -> String {
    let length = body.len();
    format!("POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}")
}

#[tokio::test]
async fn unsigned_requests_are_refused_in_the_form_of_their_protocol() {
    let lab = Lab::ephemeral().await;
    let cases = [
        (post("x-amz-target: AWSEvents.ListEventBuses\r\n", "{}"), "400", "\"MissingAuthenticationTokenException\""),
        (post("x-amz-target: AWSEvents.NoSuchThing\r\n", "{}"), "400", "\"MissingAuthenticationTokenException\""),
        (post("x-amz-target: AmazonSQS.ListQueues\r\n", "{}"), "400", "x-amzn-query-error: MissingAuthenticationToken;Sender"),
        (post("", "Action=GetCallerIdentity&Version=2011-06-15"), "403", "<Code>MissingAuthenticationToken</Code>"),
        ("GET /_waybill/state HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_owned(), "403", "Missing"),
        ("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_owned(), "400", "Missing"),
    ];
    for (request, status, shown) in cases {
        let answer = unsigned(&lab, &request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request}\n{answer}");
        assert!(answer.contains(shown), "{request}\n{answer}");
        assert!(answer.contains("x-amzn-requestid: "), "every answer names its request: {answer}");
    }
}

#[tokio::test]
async fn an_incomplete_signature_says_what_is_missing() {
    let lab = Lab::ephemeral().await;
    let request = post("x-amz-target: AWSEvents.ListEventBuses\r\nauthorization: AWS4-HMAC-SHA256 Credential=a\r\n", "{}");
    let answer = unsigned(&lab, &request).await;
    assert!(answer.contains("IncompleteSignatureException"), "{answer}");
}
