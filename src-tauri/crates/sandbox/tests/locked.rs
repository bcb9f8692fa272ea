//! Who is let in: only what this machine's programs signed for this sandbox, just now.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::time::Duration;

use http::StatusCode;
use serde_json::json;
use waybill_load::{Ask, EVENTS, KMS, ORGANIZATIONS, SQS, Signed, Wire};
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
    async fn refused(&self, change: Spoil) -> (usize, usize) {
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
async fn a_replayed_signature_over_another_body_is_refused() {
    let lab = Lab::start().await;
    let mut wire = Wire::connect(&lab.address).await.unwrap();
    let signed = Ask::json(&lab.address, SQS, "CreateQueue", &json!({"QueueName": "a"})).signed(lab.keys());
    let (parts, _) = signed.into_parts();
    let forged = http::Request::from_parts(parts, http_body_util::Full::from(r#"{"QueueName":"b"}"#));
    assert_eq!(wire.send(forged).await.unwrap().0, StatusCode::BAD_REQUEST);
}

/// How a request is spoiled before it leaves.
type Spoil = fn(&Lab, Ask) -> Signed;

/// Every way to knock that is refused; those from `foreign Host` on are rightly signed.
const KNOCKS: [(&str, Spoil); 10] = [
    ("unsigned", |_, ask| ask.unsigned()),
    ("signed with a wrong secret", |lab, ask| ask.signed((lab.keys().0, "wrong"))),
    ("signed by a foreign key", |_, ask| ask.signed(("AKIAFOREIGN000000000", "wrong"))),
    ("signed 20 minutes ago", |lab, ask| Ask { age: Duration::from_secs(20 * 60), ..ask }.signed(lab.keys())),
    ("foreign Host: evil.example", |lab, ask| with(ask, "host", &lab.address.replace("127.0.0.1", "evil.example")).signed(lab.keys())),
    ("foreign Host: another port", |lab, ask| with(ask, "host", "127.0.0.1:1").signed(lab.keys())),
    ("cross-origin: https://evil.example", |lab, ask| with(ask, "origin", "https://evil.example").signed(lab.keys())),
    ("cross-origin: null", |lab, ask| with(ask, "origin", "null").signed(lab.keys())),
    ("cross-origin: Sec-Fetch-Site cross-site", |lab, ask| with(ask, "sec-fetch-site", "cross-site").signed(lab.keys())),
    ("cross-origin: Sec-Fetch-Site same-site", |lab, ask| with(ask, "sec-fetch-site", "same-site").signed(lab.keys())),
];

#[tokio::test]
async fn every_request_that_may_not_knock_is_refused() {
    let lab = Lab::start().await;
    for (kind, spoil) in KNOCKS {
        let (refused, asked) = lab.refused(spoil).await;
        println!("{kind}: {refused} of {asked} refused");
        assert_eq!((refused, asked), (6, 6), "{kind}");
    }
}

#[tokio::test]
async fn a_page_is_never_told_that_it_may() {
    let lab = Lab::start().await;
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
