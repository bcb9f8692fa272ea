//! The record of every AWS request that writes: Activity shows it.

use serde_json::Value;
use waybill_domain::Timestamp;

use crate::CallError;

/// Keeps the requests that write to AWS.
pub trait Recorder: Send + Sync {
    /// Takes note of one request after its answer; must not block.
    fn record(&self, call: CallRecord);
}

/// One AWS request that wrote, or tried to.
#[derive(Debug, Clone, PartialEq)]
pub struct CallRecord {
    /// When it left.
    pub at: Timestamp,
    /// The service as IAM names it, for example `events`.
    pub service: &'static str,
    /// The operation, for example `PutRule`.
    pub operation: &'static str,
    /// What was sent, without secrets.
    pub input: Value,
    /// AWS's id of the request.
    pub request_id: Option<String>,
    /// Why it failed; none when it succeeded.
    pub error: Option<String>,
}

impl CallRecord {
    /// The record of a request that AWS carried out.
    pub fn done(at: Timestamp, call: (&'static str, &'static str), input: Value, request_id: Option<&str>) -> Self {
        let (service, operation) = call;
        Self { at, service, operation, input, request_id: request_id.map(ToOwned::to_owned), error: None }
    }

    /// The record of a request that failed.
    pub fn failed(at: Timestamp, input: Value, error: &CallError) -> Self {
        let (service, operation) = (error.service, error.operation);
        Self { at, service, operation, input, request_id: error.request_id.clone(), error: Some(error.to_string()) }
    }
}
