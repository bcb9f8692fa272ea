//! The shape of an AWS error, independent of the protocol that carries it.

/// Who is to blame, as AWS puts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The caller.
    Sender,
    /// The service.
    Receiver,
}

impl Fault {
    /// The word that AWS writes.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Sender => "Sender",
            Self::Receiver => "Receiver",
        }
    }
}

/// A refusal, answered in AWS's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    /// HTTP status.
    pub(crate) status: u16,
    /// Shape name, as in `__type`.
    pub(crate) code: &'static str,
    /// The name of the Query days where it differs (`x-amzn-query-error`, XML `Code`).
    pub(crate) query_code: Option<&'static str>,
    /// The sentence.
    pub(crate) message: String,
    /// Sender or receiver.
    pub(crate) fault: Fault,
}

impl ApiError {
    /// The caller did something wrong: HTTP 400 with this code.
    pub(crate) fn sender(code: &'static str, message: impl Into<String>) -> Self {
        Self { status: 400, code, query_code: None, message: message.into(), fault: Fault::Sender }
    }

    /// The same error with its Query-protocol name.
    pub(crate) fn with_query_code(self, query_code: &'static str) -> Self {
        Self { query_code: Some(query_code), ..self }
    }

    /// The same error with another HTTP status.
    pub(crate) fn with_status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// `ValidationException`.
    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::sender("ValidationException", message)
    }

    /// `SerializationException`: the body is not what the operation takes.
    pub(crate) fn serialization(message: impl Into<String>) -> Self {
        Self::sender("SerializationException", message)
    }

    /// `UnknownOperationException`.
    pub(crate) fn unknown_operation() -> Self {
        Self::sender("UnknownOperationException", "The requested operation is not supported.").with_query_code("InvalidAction")
    }

    /// `AccessDeniedException`.
    pub(crate) fn access_denied(message: impl Into<String>) -> Self {
        Self::sender("AccessDeniedException", message).with_query_code("AccessDenied")
    }

    /// `InternalFailure`: the sandbox could not keep its promise.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self { status: 500, code: "InternalFailure", query_code: None, message: message.into(), fault: Fault::Receiver }
    }
}
