//! One authenticated request, and what comes of it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::futures::OwnedNotified;

use crate::error::ApiError;

/// Which of the two identities calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallerKind {
    /// The AWS customer, who owns buses, rules and queues.
    Customer,
    /// The partner (iLert), who owns partner event sources.
    Partner,
}

/// Who signed the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    /// Twelve digits.
    pub(crate) account: String,
    /// The access key id that signed.
    pub(crate) access_key: String,
    /// The unique id of the IAM user (`AIDA…`), also SQS's `SenderId`.
    pub(crate) user_id: String,
    /// Customer or partner.
    pub(crate) kind: CallerKind,
}

impl Caller {
    /// The ARN of the IAM user.
    pub(crate) fn arn(&self) -> String {
        let user = match self.kind {
            CallerKind::Customer => "customer",
            CallerKind::Partner => "partner",
        };
        format!("arn:aws:iam::{}:user/waybill/{user}", self.account)
    }
}

/// One request after its signature was verified.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'a> {
    /// Who calls.
    pub(crate) caller: &'a Caller,
    /// The region of the credential scope.
    pub(crate) region: &'a str,
    /// The body as received.
    pub(crate) body: &'a [u8],
    /// Now, in milliseconds since 1970.
    pub(crate) now_ms: i64,
    /// When the request came in; earlier than `now_ms` when a long poll is asked again.
    pub(crate) received_ms: i64,
    /// `x-amzn-RequestId` of the answer.
    pub(crate) request_id: &'a str,
    /// `http://host:port` of this sandbox, without a slash at its end.
    pub(crate) endpoint: &'a str,
    /// False while the sandbox shuts down: answer now, do not return [`Outcome::Wait`].
    pub(crate) may_wait: bool,
}

impl Call<'_> {
    /// The body as the operation's input; an empty body is an empty object.
    ///
    /// # Errors
    /// `SerializationException` where the JSON is broken, of another shape, or has a member that the
    /// sandbox does not know (inputs deny unknown fields).
    pub(crate) fn input<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        let body = if self.body.is_empty() { b"{}" } else { self.body };
        serde_json::from_slice(body).map_err(|source| ApiError::serialization(source.to_string()))
    }
}

/// What a handler leaves behind when it was not refused.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The JSON text of the answer.
    Done(Vec<u8>),
    /// Nothing yet: ask the same handler again after this.
    Wait(Wait),
}

impl Outcome {
    /// An answer from its output shape.
    pub(crate) fn json<T: Serialize>(output: &T) -> Self {
        Self::Done(serde_json::to_vec(output).expect("an output shape has string keys only"))
    }

    /// The answer of an operation without output.
    pub(crate) fn empty() -> Self {
        Self::Done(b"{}".to_vec())
    }
}

/// When to ask again.
///
/// `woken` must be created under the world's lock (`Notify::notified_owned`), so that no wake-up
/// between the look and the wait is lost.
#[derive(Debug)]
pub(crate) struct Wait {
    /// Completes when something may have become visible.
    pub(crate) woken: OwnedNotified,
    /// Ask again at this time at the latest (milliseconds since 1970).
    pub(crate) until_ms: i64,
}
