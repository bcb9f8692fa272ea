//! One request from its headers to its answer.

use bytes::Bytes;
use http::Request;
use http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use uuid::Uuid;

use super::Shared;
use super::answer::{Answer, refusal, success};
use super::inspect::inspect;
use super::protocol::{Address, Operation, Protocol, Service};
use super::signature::{SignatureError, Signed};
use crate::call::Call;
use crate::error::ApiError;
use crate::faults::{self, Passing};
use crate::iam;

/// Room for a request of 1 MiB whose text is escaped throughout.
const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// Answers one request.
pub(crate) async fn respond(shared: &Shared, request: Request<Incoming>) -> Answer {
    let request_id = Uuid::new_v4().to_string();
    let (parts, body) = request.into_parts();
    let body = match admit(shared, &parts, body).await {
        Ok(body) => body,
        Err(error) => {
            let protocol = Address::of(&parts, b"").protocol;
            return refusal(protocol, None, &request_id, &error);
        }
    };
    let address = Address::of(&parts, &body);
    match handle(shared, &parts, &body, (&address, &request_id)).await {
        Ok(answer) => success(address.protocol, &request_id, answer),
        Err(error) => {
            tracing::debug!(operation = address.operation, code = error.code, message = error.message, "refused");
            refusal(address.protocol, address.service, &request_id, &error)
        }
    }
}

/// The whole body, if the request comes from where it may, in time, and is not too large.
async fn admit(shared: &Shared, parts: &Parts, body: Incoming) -> Result<Bytes, ApiError> {
    shared.door.check(parts)?;
    let reading = Limited::new(body, BODY_LIMIT).collect();
    match tokio::time::timeout(shared.limits.body, reading).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) => Err(unreadable(&*error)),
        Err(_) => Err(ApiError::sender("RequestTimeoutException", "The body did not arrive in time.").with_status(408)),
    }
}

async fn handle(shared: &Shared, parts: &Parts, body: &Bytes, (address, request_id): (&Address<'_>, &str)) -> Result<Vec<u8>, ApiError> {
    let now_ms = shared.clock.now_ms();
    let signed = Signed::verify(shared, parts, body, now_ms)
        .and_then(|signed| in_scope(signed, address.service))
        .map_err(|error| as_protocol(&error, address.protocol))?;
    let mut call = Call {
        caller: &signed.identity.caller,
        region: signed.region,
        body,
        now_ms,
        received_ms: now_ms,
        request_id,
        endpoint: &shared.endpoint,
        may_wait: true,
    };
    if address.service == Some(Service::Inspect) {
        return look_in(shared, parts, call).await;
    }
    let service = address.service.map_or("", Service::signing_name);
    let passing =
        shared.look(|world| if world.lab.is_idle() { Ok(Passing::Free) } else { world.lab.gate((service, address.operation), &call) })?;
    let other = match passing {
        Passing::Answered(answer) => return Ok(answer.to_string().into_bytes()),
        Passing::As(other) => Some(other),
        Passing::Free => None,
    };
    if let Some(other) = &other {
        call.caller = other;
    }
    iam::check(&signed.identity, (service, address.operation), &call)?;
    let operation = address.resolve(&call, &shared.settings)?;
    shared.run(&operation, call).await
}

/// The sandbox's own path: the fault lab, and what looks only.
async fn look_in(shared: &Shared, parts: &Parts, call: Call<'_>) -> Result<Vec<u8>, ApiError> {
    let (method, path) = (&parts.method, parts.uri.path());
    if let Some(order) = faults::Order::read(method, path, call.body)? {
        return shared.run(&Operation::FaultLab(order), call).await;
    }
    if let Some(order) = iam::Order::read(method, path, call.body)? {
        return shared.run(&Operation::Users(order), call).await;
    }
    inspect(shared, (method, path), call.body).map(|value| value.to_string().into_bytes())
}

/// A signature made for another service is refused, as on AWS.
fn in_scope(signed: Signed<'_>, service: Option<Service>) -> Result<Signed<'_>, SignatureError> {
    match service.map(Service::signing_name) {
        Some(name) if name != signed.service => Err(SignatureError::WrongService { expected: name }),
        _ => Ok(signed),
    }
}

/// The Query protocol answers 403 where the JSON protocols answer 400.
fn as_protocol(error: &SignatureError, protocol: Protocol) -> ApiError {
    let refused = error.to_api_error();
    match protocol {
        Protocol::Query | Protocol::Inspect => refused.with_status(403),
        Protocol::Json10 | Protocol::Json11 => refused,
    }
}

fn unreadable(error: &(dyn std::error::Error + 'static)) -> ApiError {
    if error.is::<LengthLimitError>() {
        ApiError::sender("RequestEntityTooLargeException", "Request size is too large").with_status(413)
    } else {
        ApiError::serialization("The body could not be read.")
    }
}
