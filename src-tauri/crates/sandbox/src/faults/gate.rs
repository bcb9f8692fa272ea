//! What requests meet while a fault is in force.

use serde_json::{Value, json};

use super::Lab;
use crate::call::{Call, Caller, CallerKind};
use crate::error::{ApiError, Fault};

/// The account that the customer's key belongs to while `account-region` is in force.
const OTHER_ACCOUNT: &str = "210987654321";

/// What becomes of a request.
#[derive(Debug)]
pub(crate) enum Passing {
    /// Nothing stands in its way.
    Free,
    /// It is carried out as if another one called.
    As(Caller),
    /// It is answered without being carried out.
    Answered(Value),
}

impl Lab {
    /// Whether nothing at all is broken: asked on every request.
    pub(crate) fn is_idle(&self) -> bool {
        self.faults.is_empty()
    }

    /// What becomes of this request.
    ///
    /// # Errors
    /// The refusal that it meets.
    pub(crate) fn gate(&self, (service, operation): (&str, &str), call: &Call<'_>) -> Result<Passing, ApiError> {
        let customer = call.caller.kind == CallerKind::Customer;
        if customer && self.is_active("credentials", |_| true) {
            return Err(no_such_key(service));
        }
        if customer && self.is_active("account-region", |_| true) {
            return in_another_account(service, call);
        }
        // The partner has an account, and quotas, of its own; what it publishes counts on the customer's side.
        let counts = service == "events" && (customer || operation == "PutPartnerEvents");
        if counts && self.is_active("throttling", |place| place.region == call.region) {
            return Err(ApiError::sender("ThrottlingException", "Rate exceeded"));
        }
        if operation == "PutPartnerEvents" && self.is_active("entry-rejected", |place| place.region == call.region) {
            return Ok(Passing::Answered(refuse_entries(call.body)));
        }
        if operation == "ReceiveMessage" && self.is_active("poller", |place| names_queue(call.body, &place.queue)) {
            let message = "The request processing has failed because of an unknown error, exception or failure.";
            let failure =
                ApiError { status: 500, code: "InternalError", query_code: None, message: message.to_owned(), fault: Fault::Receiver };
            return Err(failure);
        }
        Ok(Passing::Free)
    }
}

/// STS and the others name it differently (IAM user guide, "Common errors").
fn no_such_key(service: &str) -> ApiError {
    const SENTENCE: &str = "The security token included in the request is invalid.";
    match service {
        "sts" => ApiError::sender("InvalidClientTokenId", SENTENCE).with_status(403),
        _ => ApiError::sender("UnrecognizedClientException", SENTENCE).with_query_code("InvalidClientTokenId"),
    }
}

/// Another account has none of the chain.
fn in_another_account(service: &str, call: &Call<'_>) -> Result<Passing, ApiError> {
    match service {
        "events" => Err(ApiError::sender("ResourceNotFoundException", "What the request names does not exist.")),
        "sqs" => Err(ApiError::sender("QueueDoesNotExist", "The specified queue does not exist.")
            .with_query_code("AWS.SimpleQueueService.NonExistentQueue")),
        _ => Ok(Passing::As(Caller { account: OTHER_ACCOUNT.to_owned(), ..call.caller.clone() })),
    }
}

fn refuse_entries(body: &[u8]) -> Value {
    let input: Value = serde_json::from_slice(body).unwrap_or_default();
    let count = input["Entries"].as_array().map_or(0, Vec::len);
    let refused = json!({
        "ErrorCode": "NotAuthorizedForDetailTypeException",
        "ErrorMessage": "Not authorized for the detail type.",
    });
    json!({ "FailedEntryCount": count, "Entries": vec![refused; count] })
}

fn names_queue(body: &[u8], queue: &str) -> bool {
    let input: Value = serde_json::from_slice(body).unwrap_or_default();
    input["QueueUrl"].as_str().and_then(|url| url.rsplit('/').next()) == Some(queue)
}
