//! Requests, and signing them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use bytes::Bytes;
use http::{Method, Request};
use http_body_util::Full;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The region of every signature.
pub const REGION: &str = "eu-central-1";

/// A service that speaks AWS JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Service {
    /// Its name in signatures.
    pub name: &'static str,
    /// What stands before the operation in `X-Amz-Target`.
    pub target: &'static str,
    /// `1.0` or `1.1`.
    pub version: &'static str,
}

/// Amazon EventBridge.
pub const EVENTS: Service = Service { name: "events", target: "AWSEvents.", version: "1.1" };
/// Amazon SQS.
pub const SQS: Service = Service { name: "sqs", target: "AmazonSQS.", version: "1.0" };
/// CloudWatch.
pub const CLOUDWATCH: Service = Service { name: "monitoring", target: "GraniteServiceVersion20100801.", version: "1.0" };
/// AWS KMS.
pub const KMS: Service = Service { name: "kms", target: "TrentService.", version: "1.1" };
/// Amazon CloudWatch Logs.
pub const LOGS: Service = Service { name: "logs", target: "Logs_20140328.", version: "1.1" };
/// AWS Organizations.
pub const ORGANIZATIONS: Service = Service { name: "organizations", target: "AWSOrganizationsV20161128.", version: "1.1" };

/// An access key: id and secret.
pub type Key<'a> = (&'a str, &'a str);

/// A request, ready to be sent.
pub type Signed = Request<Full<Bytes>>;

/// One request before it is signed.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The service's name in the signature.
    pub service: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// Without a query.
    pub path: String,
    /// `host` included; all of them are signed.
    pub headers: Vec<(String, String)>,
    /// As it is sent.
    pub body: Vec<u8>,
    /// How long ago it claims to be signed.
    pub age: Duration,
}

impl Ask {
    /// An operation of a service that speaks JSON.
    ///
    /// # Panics
    /// When the body has keys that are not text.
    #[must_use]
    pub fn json(host: &str, service: Service, operation: &str, body: &impl Serialize) -> Self {
        let headers = vec![
            ("content-type".to_owned(), format!("application/x-amz-json-{}", service.version)),
            ("host".to_owned(), host.to_owned()),
            ("x-amz-target".to_owned(), format!("{}{operation}", service.target)),
        ];
        let body = serde_json::to_vec(body).expect("a request has text keys only");
        Self { service: service.name, method: Method::POST, path: "/".into(), headers, body, age: Duration::ZERO }
    }

    /// `sts:GetCallerIdentity`.
    #[must_use]
    pub fn identity(host: &str) -> Self {
        let headers = vec![
            ("content-type".to_owned(), "application/x-www-form-urlencoded; charset=utf-8".to_owned()),
            ("host".to_owned(), host.to_owned()),
        ];
        let body = b"Action=GetCallerIdentity&Version=2011-06-15".to_vec();
        Self { service: "sts", method: Method::POST, path: "/".into(), headers, body, age: Duration::ZERO }
    }

    /// A look at Waybill's sandbox itself, below `/_waybill/`.
    #[must_use]
    pub fn inspect(host: &str, path: &str) -> Self {
        let headers = vec![("host".to_owned(), host.to_owned())];
        Self { service: "waybill", method: Method::GET, path: path.into(), headers, body: Vec::new(), age: Duration::ZERO }
    }

    /// An order to Waybill's sandbox itself, below `/_waybill/`.
    ///
    /// # Panics
    /// When the body has keys that are not text.
    #[must_use]
    pub fn order(host: &str, path: &str, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).expect("a request has text keys only");
        Self { method: Method::POST, body, ..Self::inspect(host, path) }
    }

    /// Takes back what was ordered below `/_waybill/`.
    #[must_use]
    pub fn take_back(host: &str, path: &str) -> Self {
        Self { method: Method::DELETE, ..Self::inspect(host, path) }
    }

    /// As it is, without a signature.
    ///
    /// # Panics
    /// When the path or a header cannot be written in HTTP.
    #[must_use]
    pub fn unsigned(self) -> Signed {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request.body(Full::new(Bytes::from(self.body))).expect("path and headers were made for HTTP")
    }

    /// Signed by this key (Signature Version 4).
    ///
    /// # Panics
    /// As [`Ask::unsigned`].
    #[must_use]
    pub fn signed(mut self, (id, secret): Key<'_>) -> Signed {
        let time = now() - self.age;
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

#[allow(clippy::disallowed_methods, reason = "a signature tells the time at which it is made")]
fn now() -> SystemTime {
    SystemTime::now()
}

fn amz_date(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let time = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y%m%dT%H%M%SZ").to_string()
}
