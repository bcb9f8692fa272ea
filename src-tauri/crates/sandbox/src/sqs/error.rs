//! What SQS refuses, in AWS's words.

use thiserror::Error;

use crate::error::ApiError;

/// A refusal of an SQS operation.
///
/// Sentences as recorded from AWS where known; see [`SqsError::code`] for the names on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum SqsError {
    /// The queue URL is not one.
    #[error("The address {0} is not valid for this endpoint.")]
    InvalidAddress(String),
    /// The request asks for something that SQS does not offer.
    #[error("{0}")]
    Unsupported(&'static str),
    /// No queue has this address.
    #[error("The specified queue does not exist.")]
    NoSuchQueue,
    /// `CreateQueue` with another value for an attribute than the queue has.
    #[error("A queue already exists with the same name and a different value for attribute {0}")]
    NameTaken(String),
    /// `CreateQueue` too soon after `DeleteQueue`.
    #[error("You must wait 60 seconds after deleting a queue before you can create another with the same name.")]
    DeletedRecently,
    /// The attribute name is not SQS's.
    #[error("Unknown Attribute {0}.")]
    UnknownAttribute(String),
    /// Both kinds of server-side encryption at once.
    #[error("You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.")]
    TwoEncryptions,
    /// The attribute's value is outside what SQS takes.
    #[error("Invalid value for the parameter {0}.")]
    InvalidAttribute(&'static str),
    /// A parameter has a value that SQS does not take.
    #[error("{0}")]
    InvalidParameter(String),
    /// A required parameter is absent.
    #[error("The request must contain the parameter {0}.")]
    MissingParameter(&'static str),
    /// A character outside XML 1.0's set.
    #[error(
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"
    )]
    InvalidCharacters,
    /// Too many messages in flight.
    #[error("Too many messages in flight: {0}.")]
    OverLimit(usize),
    /// A second purge within 60 seconds.
    #[error("Only one PurgeQueue operation on {0} is allowed every 60 seconds.")]
    PurgeInProgress(String),
    /// The handle was never given out by this queue.
    #[error("The input receipt handle \"{0}\" is not a valid receipt handle.")]
    NotAHandle(String),
    /// The handle's message is gone, or another receive took it.
    #[error(
        "Value {0} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change."
    )]
    NotAvailable(String),
    /// The handle's visibility timeout is over (FIFO only).
    #[error("Value {0} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.")]
    HandleExpired(String),
    /// A batch without entries.
    #[error("There should be at least one {0} in the request.")]
    EmptyBatch(&'static str),
    /// A batch of more than ten entries.
    #[error("Maximum number of entries per request are 10. You have sent {0}.")]
    TooManyEntries(usize),
    /// Two entries of a batch have the same id.
    #[error("Id {0} repeated.")]
    RepeatedId(String),
    /// A batch entry id with other characters, or too long.
    #[error("A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.")]
    InvalidEntryId,
    /// A batch of more bytes than a request may have.
    #[error("Batch requests cannot be longer than {limit} bytes. You have sent {sent} bytes.")]
    BatchTooLong {
        /// Most bytes of a request.
        limit: usize,
        /// Bytes of all entries together.
        sent: usize,
    },
    /// Someone else's queue.
    #[error(
        "User: {user} is not authorized to perform: {action} on resource: {queue} because no resource-based policy allows the {action} action"
    )]
    AccessDenied {
        /// The caller's ARN.
        user: String,
        /// For example `sqs:sendmessage`.
        action: String,
        /// The queue's ARN.
        queue: String,
    },
}

/// How AWS names an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code {
    /// The shape in `__type`.
    pub(crate) shape: &'static str,
    /// The name of the Query protocol's days, in `x-amzn-query-error` and in batch results.
    pub(crate) query: &'static str,
    /// HTTP status.
    pub(crate) status: u16,
}

impl SqsError {
    /// The names and the status on the wire.
    pub(crate) fn code(&self) -> Code {
        let (shape, query, status) = match self {
            Self::InvalidAddress(_) => ("InvalidAddress", "InvalidAddress", 404),
            Self::Unsupported(_) => ("UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation", 400),
            Self::NoSuchQueue => ("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", 400),
            Self::NameTaken(_) => ("QueueNameExists", "QueueAlreadyExists", 400),
            Self::DeletedRecently => ("QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently", 400),
            Self::UnknownAttribute(_) | Self::TwoEncryptions => ("InvalidAttributeName", "InvalidAttributeName", 400),
            Self::InvalidAttribute(_) => ("InvalidAttributeValue", "InvalidAttributeValue", 400),
            Self::InvalidParameter(_) | Self::NotAvailable(_) | Self::HandleExpired(_) => {
                ("InvalidParameterValueException", "InvalidParameterValue", 400)
            }
            Self::MissingParameter(_) => ("MissingRequiredParameterException", "MissingParameter", 400),
            Self::InvalidCharacters => ("InvalidMessageContents", "InvalidMessageContents", 400),
            Self::OverLimit(_) => ("OverLimit", "OverLimit", 403),
            Self::PurgeInProgress(_) => ("PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress", 403),
            Self::NotAHandle(_) => ("ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404),
            Self::EmptyBatch(_) => ("EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest", 400),
            Self::TooManyEntries(_) => ("TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest", 400),
            Self::RepeatedId(_) => ("BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", 400),
            Self::InvalidEntryId => ("InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId", 400),
            Self::BatchTooLong { .. } => ("BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong", 400),
            Self::AccessDenied { .. } => ("AccessDeniedException", "AccessDenied", 403),
        };
        Code { shape, query, status }
    }
}

impl From<SqsError> for ApiError {
    fn from(error: SqsError) -> Self {
        let Code { shape, query, status } = error.code();
        Self::sender(shape, error.to_string()).with_query_code(query).with_status(status)
    }
}
