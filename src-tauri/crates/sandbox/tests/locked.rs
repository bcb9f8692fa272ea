//! Who is let in: only what this machine's programs signed for this sandbox, just now.
#![allow(clippy::unwrap_used, missing_docs)]

use std::time::Duration;

use http::StatusCode;
use serde_json::json;
use waybill_load::{Ask, EVENTS, KMS, ORGANIZATIONS, SQS, Wire};
use waybill_sandbox::{Sandbox, SandboxConfig, StartError};

/// A request of each service.
fn asks(host: &str) -> Vec<Ask> {
    vec![
        Ask::json(host, EVENTS, "ListEventBuses", &json!({})),
        Ask::json(host, SQS, "ListQueues", &json!({})),
        Ask::json(host, KMS, "DescribeKey", &json!({"KeyId": "alias/aws/sqs"})),
        Ask::json(host, ORGANIZATIONS, "DescribeOrganization", &json!({})),
        Ask::identity(host),
        Ask::inspect(host, "/_waybill/health"),
    ]
}

struct Lab {
    sandbox: Sandbox,
    address: String,
}

impl Lab {
    async fn start() -> Self {
        let sandbox = Sandbox::start(SandboxConfig::ephemeral()).await.unwrap();
        let address = sandbox.endpoint().replace("http://", "");
        Self { sandbox, address }
    }

    /// (refused with this status or one of these, asked) for a request of each service.
    async fn refused(&self, change: impl Fn(&Lab, Ask) -> http::Request<http_body_util::Full<bytes::Bytes>>) -> (usize, usize) {
        let asks = asks(&self.address);
        let (mut refused, count) = (0, asks.len());
        for ask in asks {
            let mut wire = Wire::connect(&self.address).await.unwrap();
            let (status, body) = wire.send(change(self, ask)).await.unwrap();
            let text = String::from_utf8_lossy(&body);
            refused += usize::from([StatusCode::BAD_REQUEST, StatusCode::FORBIDDEN].contains(&status) && !text.contains("Arn"));
        }
        (refused, count)
    }

    fn keys(&self) -> (&str, &str) {
        let keys = self.sandbox.keys();
        (&keys.access_key_id, &keys.secret_access_key)
    }
}

fn with(mut ask: Ask, name: &str, value: &str) -> Ask {
    ask.headers.retain(|(other, _)| other != name);
    ask.headers.push((name.to_owned(), value.to_owned()));
    ask
}

#[tokio::test]
async fn what_is_signed_for_this_sandbox_is_answered() {
    let lab = Lab::start().await;
    for host in [lab.address.clone(), lab.address.replace("127.0.0.1", "localhost")] {
        let mut wire = Wire::connect(&lab.address).await.unwrap();
        for ask in asks(&host) {
            let (status, body) = wire.send(ask.clone().signed(lab.keys())).await.unwrap();
            assert_eq!(status, StatusCode::OK, "{ask:?}: {body:?}");
        }
    }
}

#[tokio::test]
async fn every_request_that_is_not_rightly_signed_is_refused() {
    let lab = Lab::start().await;
    let id = lab.keys().0.to_owned();
    let twenty = Duration::from_secs(20 * 60);
    assert_eq!(lab.refused(|_, ask| ask.unsigned()).await, (6, 6), "unsigned");
    assert_eq!(lab.refused(|_, ask| ask.signed((&id, "wrong"))).await, (6, 6), "wrongly signed");
    assert_eq!(lab.refused(|_, ask| ask.signed(("AKIAFOREIGN000000000", "wrong"))).await, (6, 6), "by a foreign key");
    assert_eq!(lab.refused(|lab, ask| Ask { age: twenty, ..ask }.signed(lab.keys())).await, (6, 6), "signed 20 minutes ago");
}

#[tokio::test]
async fn a_replayed_signature_over_another_body_is_refused() {
    let lab = Lab::start().await;
    let mut wire = Wire::connect(&lab.address).await.unwrap();
    let signed = Ask::json(&lab.address, SQS, "CreateQueue", &json!({"QueueName": "a"})).signed(lab.keys());
    let (parts, _) = signed.into_parts();
    let forged = http::Request::from_parts(parts, http_body_util::Full::from(r#"{"QueueName":"b"}"#));
    assert_eq!(wire.send(forged).await.unwrap().0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn rightly_signed_requests_of_pages_and_rebound_hosts_are_refused() {
    let lab = Lab::start().await;
    let port = lab.address.rsplit(':').next().unwrap().to_owned();
    for (name, value) in [
        ("host", format!("evil.example:{port}")),
        ("host", "127.0.0.1:1".to_owned()),
        ("origin", "https://evil.example".to_owned()),
        ("origin", "null".to_owned()),
        ("sec-fetch-site", "cross-site".to_owned()),
        ("sec-fetch-site", "same-site".to_owned()),
    ] {
        let refused = lab.refused(|lab, ask| with(ask, name, &value).signed(lab.keys())).await;
        assert_eq!(refused, (6, 6), "{name}: {value}");
    }
    let preflight = http::Request::builder()
        .method("OPTIONS")
        .uri("/")
        .header("host", &lab.address)
        .header("origin", "https://evil.example")
        .header("access-control-request-method", "POST");
    let mut wire = Wire::connect(&lab.address).await.unwrap();
    let (status, _) = wire.send(preflight.body(Default::default()).unwrap()).await.unwrap();
    assert_eq!(status, StatusCode::FORBIDDEN, "no page is ever told that it may");
}

#[tokio::test]
async fn a_body_of_more_than_four_mebibytes_is_refused() {
    let lab = Lab::start().await;
    let mut wire = Wire::connect(&lab.address).await.unwrap();
    let body = json!({"QueueUrl": "x", "MessageBody": "x".repeat(5 << 20)});
    let (status, _) = wire.send(Ask::json(&lab.address, SQS, "SendMessage", &body).signed(lab.keys())).await.unwrap();
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn it_listens_for_this_machine_only() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let config = SandboxConfig { listen: address.parse().unwrap(), ..SandboxConfig::ephemeral() };
        let refused = Sandbox::start(config).await.unwrap_err();
        assert!(matches!(refused, StartError::NotLoopback { .. }), "{address}: {refused:?}");
    }
}
