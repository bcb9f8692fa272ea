//! A client without SDK: signs SigV4 itself, so that it can also do what no SDK does.
#![allow(dead_code, reason = "each program uses its part")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use sha2::{Digest, Sha256};
use tokio::net::TcpStream;

pub const REGION: &str = "eu-central-1";

/// The services with their target's prefix.
pub const EVENTS: (&str, &str) = ("events", "AWSEvents.");
pub const SQS: (&str, &str) = ("sqs", "AmazonSQS.");
pub const KMS: (&str, &str) = ("kms", "TrentService.");
pub const ORGANIZATIONS: (&str, &str) = ("organizations", "AWSOrganizationsV20161128.");

/// A request, ready to be sent.
pub type Signed = Request<Full<Bytes>>;

/// One request before it is signed.
#[derive(Debug, Clone)]
pub struct Ask {
    pub service: &'static str,
    pub method: Method,
    pub path: String,
    /// `Host` included; all of them are signed.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// How long ago it is signed.
    pub age: Duration,
}

impl Ask {
    /// An operation of a service that speaks JSON.
    pub fn json(host: &str, (service, prefix): (&'static str, &str), operation: &str, body: &serde_json::Value) -> Self {
        let target = ("x-amz-target".to_owned(), format!("{prefix}{operation}"));
        let headers = vec![("host".to_owned(), host.to_owned()), target];
        Self { service, method: Method::POST, path: "/".into(), headers, body: body.to_string().into_bytes(), age: Duration::ZERO }
    }

    /// `sts:GetCallerIdentity`.
    pub fn identity(host: &str) -> Self {
        let headers = vec![
            ("host".to_owned(), host.to_owned()),
            ("content-type".to_owned(), "application/x-www-form-urlencoded; charset=utf-8".to_owned()),
        ];
        let body = b"Action=GetCallerIdentity&Version=2011-06-15".to_vec();
        Self { service: "sts", method: Method::POST, path: "/".into(), headers, body, age: Duration::ZERO }
    }

    /// A look at the sandbox itself.
    pub fn inspect(host: &str, path: &str) -> Self {
        let headers = vec![("host".to_owned(), host.to_owned())];
        Self { service: "waybill", method: Method::GET, path: path.into(), headers, body: Vec::new(), age: Duration::ZERO }
    }

    /// As it is, without a signature.
    pub fn unsigned(self) -> Signed {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request.body(Full::new(Bytes::from(self.body))).unwrap()
    }

    /// Signed by this key.
    pub fn signed(mut self, (id, secret): (&str, &str)) -> Signed {
        let time = SystemTime::now() - self.age;
        let date = amz_date(time);
        self.headers.push(("x-amz-date".to_owned(), date.clone()));
        self.headers.sort();
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(";");
        let lines: String = self.headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let payload = hex::encode(Sha256::digest(&self.body));
        let canonical = format!("{}\n{}\n\n{lines}\n{names}\n{payload}", self.method, self.path);
        let scope = format!("{}/{REGION}/{}/aws4_request", &date[..8], self.service);
        let to_sign = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex::encode(Sha256::digest(canonical)));
        let key = generate_signing_key(secret, time, REGION, self.service);
        let signature = calculate_signature(key, to_sign.as_bytes());
        let claim = format!("AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}, Signature={signature}");
        self.headers.push(("authorization".to_owned(), claim));
        self.unsigned()
    }
}

fn amz_date(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).unwrap().as_secs();
    let time = jiff::Timestamp::from_second(seconds.try_into().unwrap()).unwrap();
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// One connection, kept alive.
pub struct Wire {
    sender: SendRequest<Full<Bytes>>,
}

impl Wire {
    /// Connects to `host:port`; none where nobody listens.
    pub async fn connect(address: &str) -> Option<Self> {
        let stream = TcpStream::connect(address).await.ok()?;
        let _ = stream.set_nodelay(true);
        let (sender, connection) = handshake(TokioIo::new(stream)).await.ok()?;
        tokio::spawn(connection);
        Some(Self { sender })
    }

    /// Status and body of the answer; none where the connection broke.
    pub async fn send(&mut self, request: Signed) -> Option<(StatusCode, Bytes)> {
        self.sender.ready().await.ok()?;
        let answer = self.sender.send_request(request).await.ok()?;
        let status = answer.status();
        Some((status, answer.into_body().collect().await.ok()?.to_bytes()))
    }

    /// The JSON of a success; panics with the answer's text where it was refused.
    pub async fn json(&mut self, request: Signed) -> serde_json::Value {
        let (status, body) = self.send(request).await.unwrap();
        let text = String::from_utf8_lossy(&body);
        assert_eq!(status, StatusCode::OK, "{text}");
        serde_json::from_str(&text).unwrap()
    }
}
