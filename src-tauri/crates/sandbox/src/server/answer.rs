//! Putting answers and refusals into the protocol's form.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};
use http_body_util::Full;
use serde_json::json;

use super::protocol::{Protocol, Service};
use crate::error::ApiError;
use crate::sts;

/// What goes back over the wire.
pub(crate) type Answer = Response<Full<Bytes>>;

/// A success.
pub(crate) fn success(protocol: Protocol, request_id: &str, body: Vec<u8>) -> Answer {
    answer(StatusCode::OK, protocol, request_id, body)
}

/// A refusal, in the protocol's form.
pub(crate) fn refusal(protocol: Protocol, service: Option<Service>, request_id: &str, error: &ApiError) -> Answer {
    let body = match protocol {
        Protocol::Query => sts::error_xml(error, request_id).into_bytes(),
        _ => json!({"__type": type_name(service, error.code), "message": error.message}).to_string().into_bytes(),
    };
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = answer(status, protocol, request_id, body);
    if protocol == Protocol::Json10 {
        let text = format!("{};{}", error.query_code.unwrap_or(error.code), error.fault.as_str());
        if let Ok(value) = HeaderValue::try_from(text) {
            answer.headers_mut().insert("x-amzn-query-error", value);
        }
    }
    answer
}

/// SQS writes its shapes' namespace before the name, the others do not.
fn type_name(service: Option<Service>, code: &str) -> String {
    match service {
        Some(Service::Sqs) => format!("com.amazonaws.sqs#{code}"),
        _ => code.to_owned(),
    }
}

fn answer(status: StatusCode, protocol: Protocol, request_id: &str, body: Vec<u8>) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(body)));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(protocol)));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert("x-amzn-requestid", id);
    }
    answer
}

fn content_type(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Json11 => "application/x-amz-json-1.1",
        Protocol::Json10 => "application/x-amz-json-1.0",
        Protocol::Query => "text/xml",
        Protocol::Inspect => "application/json",
    }
}
