//! `GetMetricData` of CloudWatch, signed here and sent by the SDK's own transport: one operation is not worth a whole SDK, and CloudWatch's
//! brings a library whose licence the project does not take.

use std::collections::BTreeMap;
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
use serde_json::{Value, json};
use waybill_domain::{Region, Timestamp};

use crate::{CallError, CallErrorKind, classify, transport};

const CALL: (&str, &str) = ("cloudwatch", "GetMetricData");

/// The service's name in signatures and host names.
const SERVICE: &str = "monitoring";

/// CloudWatch's JSON protocol (service model, `targetPrefix` and `jsonVersion`).
const HEADERS: [(&str, &str); 2] =
    [("content-type", "application/x-amz-json-1.0"), ("x-amz-target", "GraniteServiceVersion20100801.GetMetricData")];

/// Seconds of one value; CloudWatch keeps those of EventBridge by the minute.
const PERIOD_S: i64 = 60;

/// Which figures are asked for: the sums of some metrics of one thing.
#[derive(Debug, Clone, Copy)]
pub struct FiguresWanted<'a> {
    /// For example `AWS/Events`.
    pub namespace: &'a str,
    /// The metrics.
    pub metrics: &'a [&'static str],
    /// What they are about, name and value.
    pub dimensions: &'a [(&'a str, &'a str)],
    /// From when on.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// What CloudWatch told.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The sum of each metric; none where there is no data, which is not zero.
    pub sums: Vec<(&'static str, Option<f64>)>,
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

/// Where CloudWatch is asked, and by whom.
#[derive(Debug, Clone)]
pub(crate) struct CloudWatch {
    config: SdkConfig,
    /// What stands in for AWS, where something does.
    endpoint: Option<String>,
    region: Region,
}

impl CloudWatch {
    pub(crate) fn new((config, named): (SdkConfig, Option<String>), region: Region) -> Self {
        let endpoint = named.or_else(|| config.endpoint_url().map(str::to_owned));
        Self { config, endpoint, region }
    }

    pub(crate) async fn figures(&self, wanted: FiguresWanted<'_>) -> Result<Figures, CallError> {
        let answered = self.send(body(wanted).to_string(), wanted.until).await?;
        let read: Value = serde_json::from_str(&answered.body).unwrap_or_default();
        if !(200..300).contains(&answered.status) || !read["MetricDataResults"].is_array() {
            return Err(refused(&answered, &read));
        }
        let results = read["MetricDataResults"].as_array().into_iter().flatten();
        let sums: BTreeMap<&str, f64> = results.filter_map(|result| Some((result["Id"].as_str()?, sum(&result["Values"])?))).collect();
        let metrics = wanted.metrics.iter().enumerate();
        let sums = metrics.map(|(n, metric)| (*metric, sums.get(id(n).as_str()).copied())).collect();
        Ok(Figures { sums, request_id: answered.request_id })
    }

    async fn send(&self, body: String, now: Timestamp) -> Result<Answered, CallError> {
        let identity = self.identity().await?;
        let at = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(now.as_millis()).unwrap_or_default());
        let (url, region) = (self.url(), self.region.to_string());
        let operation = Operation::builder().service_name(CALL.0).operation_name(CALL.1).behavior_version(BehaviorVersion::latest());
        let operation = operation.endpoint_url(&url).no_auth().no_retry().timeout_config(transport::timeouts());
        let operation = match self.config.http_client() {
            Some(client) => operation.http_client(client),
            None => operation,
        };
        let write = move |body: String| signed(&body, &url, (&identity, &region, at));
        let operation = operation.serializer(write).deserializer::<Answered, Infallible>(|response| Ok(answered(response))).build();
        Box::pin(operation.invoke(body)).await.map_err(|error| CallError {
            kind: classify::kind(&error, None, None),
            message: classify::untold(&error, None),
            ..failure()
        })
    }

    async fn identity(&self) -> Result<Identity, CallError> {
        let without = |message: String| CallError { kind: CallErrorKind::NoCredentials, message, ..failure() };
        let provider = self.config.credentials_provider().ok_or_else(|| without("no credentials are configured".to_owned()))?;
        Ok(provider.provide_credentials().await.map_err(|error| without(error.to_string()))?.into())
    }

    fn url(&self) -> String {
        match self.endpoint.as_deref() {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => {
                let region = self.region.as_str();
                let suffix = if region.starts_with("cn-") { ".cn" } else { "" };
                format!("https://{SERVICE}.{region}.amazonaws.com{suffix}")
            }
        }
    }
}

fn body(wanted: FiguresWanted<'_>) -> Value {
    let dimensions: Vec<Value> = wanted.dimensions.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
    let query = |(n, metric): (usize, &&str)| {
        let metric = json!({ "Namespace": wanted.namespace, "MetricName": metric, "Dimensions": dimensions });
        json!({ "Id": id(n), "MetricStat": { "Metric": metric, "Period": PERIOD_S, "Stat": "Sum" } })
    };
    let queries: Vec<Value> = wanted.metrics.iter().enumerate().map(query).collect();
    // A minute counts as a whole.
    let since = wanted.since.as_millis().div_euclid(1000 * PERIOD_S) * PERIOD_S;
    let until = (wanted.until.as_millis().div_euclid(1000 * PERIOD_S) + 1) * PERIOD_S;
    json!({ "MetricDataQueries": queries, "StartTime": since, "EndTime": until })
}

/// The id of the n-th query; it begins with a small letter.
fn id(n: usize) -> String {
    format!("m{n}")
}

/// None for no data.
fn sum(values: &Value) -> Option<f64> {
    let values = values.as_array().filter(|values| !values.is_empty())?;
    Some(values.iter().filter_map(Value::as_f64).sum())
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

fn signed(body: &str, url: &str, (identity, region, at): (&Identity, &str, SystemTime)) -> Result<HttpRequest, BoxError> {
    let parameters = SigningParams::builder().identity(identity).region(region).name(SERVICE).time(at).settings(SigningSettings::default());
    let parameters = parameters.build()?.into();
    let request = SignableRequest::new("POST", format!("{url}/"), HEADERS.into_iter(), SignableBody::Bytes(body.as_bytes()))?;
    let (instructions, _) = sign(request, &parameters)?.into_parts();
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method("POST")?;
    request.set_uri("/")?;
    let headers = HEADERS.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
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

fn refused(answered: &Answered, read: &Value) -> CallError {
    let code = read["__type"].as_str().and_then(|code| code.rsplit('#').next()).map(str::to_owned);
    let message = read["message"].as_str().or_else(|| read["Message"].as_str()).unwrap_or("the answer cannot be read").to_owned();
    CallError {
        kind: classify::answered(code.as_deref().unwrap_or_default(), answered.status),
        code,
        message,
        http_status: Some(answered.status),
        request_id: answered.request_id.clone(),
        ..failure()
    }
}

fn failure() -> CallError {
    CallError {
        service: CALL.0,
        operation: CALL.1,
        kind: CallErrorKind::Refused,
        code: None,
        message: String::new(),
        http_status: None,
        request_id: None,
    }
}
