//! From the SDK's errors to Waybill's: one conversion for all services.

use std::error::Error;
use std::io;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sqs::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sqs::operation::RequestId;
use aws_smithy_runtime_api::client::dns::ResolveDnsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use crate::gate::Withheld;
use crate::operation::is_read;
use crate::{CallError, CallErrorKind};

/// Turns any SDK error into a [`CallError`]; nothing that AWS said is lost.
pub fn call_error<E>(service: &'static str, operation: &'static str, error: SdkError<E, HttpResponse>) -> CallError
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let code = error.code().map(ToOwned::to_owned);
    let http_status = error.raw_response().map(|response| response.status().as_u16());
    let request_id = error.request_id().map(ToOwned::to_owned);
    // Every answer of AWS has an error code or, where it cannot be read, a request id at least.
    let foreign = http_status.filter(|_| code.is_none() && request_id.is_none());
    let kind = match kind(&error, code.as_deref(), http_status) {
        CallErrorKind::Refused if foreign.is_some() && is_read(operation) => CallErrorKind::Unreachable,
        kind => kind,
    };
    let not_aws = |status| match status {
        500.. => format!("HTTP {status} came without an error of AWS's; where others are answered, the endpoint lacks this call"),
        _ => format!("what answered with HTTP {status} does not speak AWS's protocols"),
    };
    CallError {
        service,
        operation,
        kind,
        message: match foreign {
            Some(status) => not_aws(status),
            None => error.message().map_or_else(|| untold(&error, code.as_deref()), ToOwned::to_owned),
        },
        request_id,
        code,
        http_status,
    }
}

pub(crate) fn kind<E: Error + 'static>(error: &SdkError<E, HttpResponse>, code: Option<&str>, status: Option<u16>) -> CallErrorKind {
    match error {
        SdkError::ServiceError(_) => answered(code.unwrap_or_default(), status.unwrap_or_default()),
        _ if find::<Withheld>(error).is_some() => CallErrorKind::Withheld,
        _ if find::<CredentialsError>(error).is_some() => CallErrorKind::NoCredentials,
        _ if never_connected(error) => CallErrorKind::Unreachable,
        SdkError::ConstructionFailure(_) => CallErrorKind::Refused,
        _ => CallErrorKind::OutcomeUnknown,
    }
}

/// What an error answer means, by the codes of the EventBridge, SQS, KMS, STS and Organizations API references ("Errors", "Common Errors").
pub(crate) fn answered(code: &str, status: u16) -> CallErrorKind {
    match code {
        "ResourceNotFoundException"
        | "NotFoundException"
        | "AWS.SimpleQueueService.NonExistentQueue"
        | "QueueDoesNotExist"
        | "AWSOrganizationsNotInUseException" => CallErrorKind::NotFound,
        "ResourceAlreadyExistsException" | "QueueAlreadyExists" | "QueueNameExists" => CallErrorKind::AlreadyExists,
        "AccessDenied" | "AccessDeniedException" | "NotAuthorized" | "OptInRequired" => CallErrorKind::AccessDenied,
        "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidAccessKeyId"
        | "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "IncompleteSignature"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException"
        | "ExpiredToken"
        | "ExpiredTokenException" => CallErrorKind::NoCredentials,
        "Throttling" | "ThrottlingException" | "TooManyRequestsException" | "RequestThrottled" | "RequestLimitExceeded" => {
            CallErrorKind::Throttled
        }
        _ if status == 429 => CallErrorKind::Throttled,
        _ if (400..500).contains(&status) => CallErrorKind::Refused,
        // An internal failure may have come after the work was done; so may an answer of success that cannot be read.
        _ => CallErrorKind::OutcomeUnknown,
    }
}

/// Whether the request certainly never left: no address, no connection, no TLS.
fn never_connected(error: &(dyn Error + 'static)) -> bool {
    let refused = |error: &io::Error| matches!(error.kind(), io::ErrorKind::ConnectionRefused | io::ErrorKind::HostUnreachable);
    find::<hyper_util::client::legacy::Error>(error).is_some_and(hyper_util::client::legacy::Error::is_connect)
        || find::<ResolveDnsError>(error).is_some()
        || find::<io::Error>(error).is_some_and(refused)
}

fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    causes(error).find_map(|error| error.downcast_ref::<T>())
}

/// The error and every cause of it, outermost first.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&cause| cause.source())
}

/// What is said where AWS said nothing: Waybill's own words where it has some, else those of every cause.
pub(crate) fn untold(error: &(dyn Error + 'static), code: Option<&str>) -> String {
    if let Some(withheld) = find::<Withheld>(error) {
        return withheld.to_string();
    }
    match find::<CredentialsError>(error) {
        Some(CredentialsError::CredentialsNotLoaded(_)) => {
            "no credentials were found in the environment, the AWS configuration files, or the machine's own role".to_owned()
        }
        _ => words(error, code),
    }
}

/// The words of every cause, outermost first, each once, in one line.
fn words(error: &(dyn Error + 'static), code: Option<&str>) -> String {
    let mut words: Vec<String> = Vec::new();
    for cause in causes(error).skip(1) {
        let text = cause.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() && !words.iter().any(|known| known.contains(&text)) {
            words.push(text);
        }
    }
    match (words.is_empty(), code) {
        (true, Some(code)) => code.to_owned(),
        (true, None) => error.to_string(),
        (false, _) => words.join(": "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_code_decides_what_the_answer_means() {
        let cases = [
            ("ResourceNotFoundException", 400, CallErrorKind::NotFound),
            ("AWS.SimpleQueueService.NonExistentQueue", 400, CallErrorKind::NotFound),
            ("ResourceAlreadyExistsException", 400, CallErrorKind::AlreadyExists),
            ("AccessDeniedException", 400, CallErrorKind::AccessDenied),
            ("ExpiredTokenException", 400, CallErrorKind::NoCredentials),
            ("ThrottlingException", 400, CallErrorKind::Throttled),
            ("", 429, CallErrorKind::Throttled),
            ("ValidationException", 400, CallErrorKind::Refused),
            ("InternalException", 500, CallErrorKind::OutcomeUnknown),
            ("", 503, CallErrorKind::OutcomeUnknown),
            ("", 200, CallErrorKind::OutcomeUnknown),
            ("", 407, CallErrorKind::Refused),
        ];
        for (code, status, expected) in cases {
            assert_eq!(answered(code, status), expected, "{code} {status}");
        }
    }
}
