//! What went wrong with a request to AWS.

use std::fmt;

/// Why a request to AWS failed, in the words that Waybill acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallErrorKind {
    /// What it names does not exist.
    NotFound,
    /// What it makes exists already.
    AlreadyExists,
    /// The caller may not do this.
    AccessDenied,
    /// Too many requests; nothing was done.
    Throttled,
    /// AWS refused it for another reason; nothing was done.
    Refused,
    /// AWS was not reached: no connection, no such host. Of a request that was tried several times this is the last attempt.
    Unreachable,
    /// It was sent, and whether it was carried out is not known: no answer, a broken one, or an internal failure.
    OutcomeUnknown,
    /// No credentials were found, or AWS does not take them.
    NoCredentials,
}

/// A request to AWS failed. Everything that AWS said about it is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct CallError {
    /// The service as IAM names it, for example `events`.
    pub service: &'static str,
    /// The operation, for example `PutRule`.
    pub operation: &'static str,
    /// What it means.
    pub kind: CallErrorKind,
    /// AWS's error code.
    pub code: Option<String>,
    /// AWS's words, or those of the SDK where AWS did not answer.
    pub message: String,
    /// The HTTP status of the answer.
    pub http_status: Option<u16>,
    /// AWS's id of the request.
    pub request_id: Option<String>,
}

impl CallErrorKind {
    const fn phrase(self) -> &'static str {
        match self {
            Self::NotFound | Self::AlreadyExists | Self::AccessDenied | Self::Refused => "was refused",
            Self::Throttled => "was throttled",
            Self::Unreachable => "did not reach AWS",
            Self::OutcomeUnknown => "was sent, but whether it was carried out is not known",
            Self::NoCredentials => "has no usable credentials",
        }
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {}: {}", self.service, self.operation, self.kind.phrase(), self.message)?;
        match (&self.code, &self.request_id) {
            (Some(code), Some(id)) => write!(f, " ({code}, request {id})"),
            (Some(code), None) => write!(f, " ({code})"),
            (None, Some(id)) => write!(f, " (request {id})"),
            (None, None) => Ok(()),
        }
    }
}
