//! Sending requests: reads keep their request id, writes are recorded.

use std::fmt;
use std::pin::Pin;

use aws_sdk_eventbridge::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_eventbridge::operation::RequestId;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use serde_json::Value;
use waybill_aws::{CallError, CallErrorKind, CallRecord, call_error};

use crate::observed::Read;
use crate::setup::Setup;

/// An operation of an AWS service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// The service as IAM names it, for example `events`.
    pub service: &'static str,
    /// The operation, for example `PutRule`.
    pub operation: &'static str,
}

impl Call {
    pub(crate) const fn events(operation: &'static str) -> Self {
        Self { service: "events", operation }
    }

    pub(crate) const fn sqs(operation: &'static str) -> Self {
        Self { service: "sqs", operation }
    }

    pub(crate) const fn organizations(operation: &'static str) -> Self {
        Self { service: "organizations", operation }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.operation)
    }
}

/// A request under way. Boxed, because the SDK's futures are large and a set-up awaits many of them.
pub(crate) type Sending<'a, T> = Pin<Box<dyn Future<Output = Result<T, CallError>> + Send + 'a>>;

impl Call {
    /// Sends a request that only reads; what does not exist is `None`.
    pub(crate) fn read<'a, T, E, F>(self, sending: F) -> Sending<'a, Read<Option<T>>>
    where
        T: RequestId + 'a,
        E: ProvideErrorMetadata + std::error::Error + 'static,
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>> + Send + 'a,
    {
        Box::pin(async move {
            match sending.await {
                Ok(answer) => {
                    let request_id = answer.request_id().map(str::to_owned);
                    Ok(Read { value: Some(answer), call: self, request_id })
                }
                Err(error) => match call_error(self.service, self.operation, error) {
                    absent if absent.kind == CallErrorKind::NotFound => Ok(Read { value: None, call: self, request_id: absent.request_id }),
                    error => Err(error),
                },
            }
        })
    }

    /// Sends a request that writes, as far as the connection lets it through, and has it recorded however it ends.
    pub(crate) fn write<'a, T, E, F>(self, setup: &'a Setup, input: Value, sending: F) -> Sending<'a, T>
    where
        T: RequestId + Send + 'a,
        E: ProvideErrorMetadata + std::error::Error + Send + 'static,
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>> + Send + 'a,
    {
        Box::pin(async move {
            let (at, call) = ((setup.now)(), (self.service, self.operation));
            let answer = setup.clients.gate().through(call, &input, sending).await;
            setup.recorder.record(match &answer {
                Ok(done) => CallRecord::done(at, call, input, done.request_id()),
                Err(error) => CallRecord::failed(at, input, error),
            });
            answer
        })
    }
}
