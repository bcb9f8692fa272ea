//! Operations of services that Waybill has no SDK of, in AWS's JSON protocol: signed here and sent by the SDK's own transport.
//!
//! One operation is not worth a whole SDK, and CloudWatch's brings a library whose licence the project does not take.

use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use aws_config::{BehaviorVersion, SdkConfig};
use aws_credential_types::provider::ProvideCredentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use serde_json::Value;
use waybill_domain::{Region, Timestamp};

use crate::{CallError, CallErrorKind, classify, transport};

/// One operation, and how its service speaks (service model: `targetPrefix`, `jsonVersion`, `endpointPrefix`).
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlainCall {
    /// The service as IAM names it.
    pub service: &'static str,
    /// The operation.
    pub operation: &'static str,
    /// The service's name in signatures and host names.
    pub host: &'static str,
    /// `X-Amz-Target`.
    pub target: &'static str,
    /// The content type.
    pub content_type: &'static str,
}

/// What AWS answered with success.
#[derive(Debug)]
pub(crate) struct Told {
    /// The answer's JSON.
    pub value: Value,
    /// AWS's id of the request.
    pub request_id: Option<String>,
}

/// What came back.
#[derive(Debug)]
struct Answered {
    status: u16,
    request_id: Option<String>,
    body: String,
}

/// Where these services are asked, and by whom.
#[derive(Debug, Clone)]
pub(crate) struct Plain {
    config: SdkConfig,
    /// What stands in for AWS, where something does.
    endpoint: Option<String>,
    region: Region,
}

impl Plain {
    pub(crate) fn new((config, named): (SdkConfig, Option<String>), region: Region) -> Self {
        let endpoint = named.or_else(|| config.endpoint_url().map(str::to_owned));
        Self { config, endpoint, region }
    }

    /// Asks; a success is an answer that has this member.
    pub(crate) async fn ask(&self, call: PlainCall, body: Value, (now, member): (Timestamp, &str)) -> Result<Told, CallError> {
        let answered = self.send(call, body.to_string(), now).await?;
        let value: Value = serde_json::from_str(&answered.body).unwrap_or_default();
        if !(200..300).contains(&answered.status) || value.get(member).is_none() {
            return Err(refused(call, &answered, &value));
        }
        Ok(Told { value, request_id: answered.request_id })
    }

    async fn send(&self, call: PlainCall, body: String, now: Timestamp) -> Result<Answered, CallError> {
        let identity = self.identity(call).await?;
        let at = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(now.as_millis()).unwrap_or_default());
        let (url, region) = (self.url(call.host), self.region.to_string());
        let operation = Operation::builder().service_name(call.service).operation_name(call.operation);
        let operation = operation.behavior_version(BehaviorVersion::latest());
        let operation = operation.endpoint_url(&url).no_auth().no_retry().timeout_config(transport::timeouts());
        let operation = match self.config.http_client() {
            Some(client) => operation.http_client(client),
            None => operation,
        };
        let write = move |body: String| signed((call, &body), &url, (&identity, &region, at));
        let operation = operation.serializer(write).deserializer::<Answered, Infallible>(|response| Ok(answered(response))).build();
        Box::pin(operation.invoke(body)).await.map_err(|error| CallError {
            kind: classify::kind(&error, None, None),
            message: classify::untold(&error, None),
            ..failure(call)
        })
    }

    async fn identity(&self, call: PlainCall) -> Result<Identity, CallError> {
        let without = |message: String| CallError { kind: CallErrorKind::NoCredentials, message, ..failure(call) };
        let provider = self.config.credentials_provider().ok_or_else(|| without("no credentials are configured".to_owned()))?;
        Ok(provider.provide_credentials().await.map_err(|error| without(error.to_string()))?.into())
    }

    fn url(&self, host: &str) -> String {
        match self.endpoint.as_deref() {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => {
                let region = self.region.as_str();
                let suffix = if region.starts_with("cn-") { ".cn" } else { "" };
                format!("https://{host}.{region}.amazonaws.com{suffix}")
            }
        }
    }
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

fn signed(
    (call, body): (PlainCall, &str),
    url: &str,
    (identity, region, at): (&Identity, &str, SystemTime),
) -> Result<HttpRequest, BoxError> {
    let wire = [("content-type", call.content_type), ("x-amz-target", call.target)];
    let parameters = SigningParams::builder().identity(identity).region(region).name(call.host).time(at);
    let parameters = parameters.settings(SigningSettings::default()).build()?.into();
    let request = SignableRequest::new("POST", format!("{url}/"), wire.into_iter(), SignableBody::Bytes(body.as_bytes()))?;
    let (instructions, _) = sign(request, &parameters)?.into_parts();
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method("POST")?;
    request.set_uri("/")?;
    let headers = wire.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    for (name, value) in headers.chain(instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned()))) {
        request.headers_mut().insert(name, value);
    }
    Ok(request)
}

fn answered(response: &HttpResponse) -> Answered {
    Answered {
        status: response.status().as_u16(),
        request_id: response.headers().get("x-amzn-requestid").map(str::to_owned),
        body: response.body().bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default(),
    }
}

fn refused(call: PlainCall, answered: &Answered, read: &Value) -> CallError {
    let code = read["__type"].as_str().and_then(|code| code.rsplit('#').next()).map(str::to_owned);
    let message = read["message"].as_str().or_else(|| read["Message"].as_str()).unwrap_or("the answer cannot be read").to_owned();
    CallError {
        kind: classify::answered(code.as_deref().unwrap_or_default(), answered.status),
        code,
        message,
        http_status: Some(answered.status),
        request_id: answered.request_id.clone(),
        ..failure(call)
    }
}

fn failure(call: PlainCall) -> CallError {
    CallError {
        service: call.service,
        operation: call.operation,
        kind: CallErrorKind::Refused,
        code: None,
        message: String::new(),
        http_status: None,
        request_id: None,
    }
}
