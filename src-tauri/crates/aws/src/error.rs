//! What went wrong with a request to AWS.

use std::fmt;

use crate::operation::is_read;

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
    /// The connection's mode did not let it leave.
    Withheld,
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
            Self::Withheld => "was not sent",
        }
    }
}

impl CallError {
    /// What to do about it, where Waybill knows.
    pub fn next_step(&self) -> Option<String> {
        let step = match (self.kind, self.code.as_deref()) {
            (CallErrorKind::Unreachable, _) => WHERE_TO.to_owned(),
            (CallErrorKind::OutcomeUnknown, _) if is_read(self.operation) && self.http_status.is_none_or(|status| status < 500) => {
                WHERE_TO.to_owned()
            }
            (CallErrorKind::NoCredentials, None) => {
                "log in with the AWS CLI (`aws sso login`), set AWS_PROFILE, or name another profile in the connection".to_owned()
            }
            (CallErrorKind::NoCredentials, Some("ExpiredToken" | "ExpiredTokenException")) => {
                "renew the credentials (`aws sso login`, or a new session) and try again".to_owned()
            }
            (CallErrorKind::NoCredentials, Some(_)) => {
                "check that profile, region and endpoint of the connection belong together (`waybill connections show`)".to_owned()
            }
            (CallErrorKind::AccessDenied, _) => {
                format!("have {}:{} allowed by whoever changes IAM policies, or use another profile", self.service, self.operation)
            }
            (CallErrorKind::Throttled, _) => "wait a moment and try again".to_owned(),
            _ => return None,
        };
        Some(step)
    }

    fn phrase(&self) -> &'static str {
        match self.kind {
            CallErrorKind::OutcomeUnknown if is_read(self.operation) => "was not answered",
            kind => kind.phrase(),
        }
    }
}

const WHERE_TO: &str = "check the network, the region and the endpoint (`waybill connections show` tells where requests go)";

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {}: {}", self.service, self.operation, self.phrase(), self.message.trim_end_matches('.'))?;
        match (&self.code, &self.request_id) {
            (Some(code), Some(id)) => write!(f, " ({code}, request {id})")?,
            (Some(code), None) => write!(f, " ({code})")?,
            (None, Some(id)) => write!(f, " (request {id})")?,
            (None, None) => {}
        }
        self.next_step().map_or(Ok(()), |step| write!(f, "; {step}"))
    }
}
