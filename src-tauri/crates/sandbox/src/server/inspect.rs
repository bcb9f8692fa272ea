//! `/_waybill/`: a look at the sandbox itself; no verdict and no doctor's check reads it.

use serde_json::{Value, json};

use super::Shared;
use crate::error::ApiError;
use crate::state::World;

/// The answer for a path below `/_waybill/`.
pub(crate) fn inspect(shared: &Shared, method: &http::Method, path: &str) -> Result<Value, ApiError> {
    let look: fn(&World) -> Value = match (method, path) {
        (&http::Method::GET, "/_waybill/health") => return Ok(json!({"status": "ok", "endpoint": shared.endpoint})),
        (&http::Method::GET, "/_waybill/state") => state,
        (&http::Method::GET, "/_waybill/buses") => |world| world.events.inspect(),
        (&http::Method::GET, "/_waybill/queues") => |world| json!({"queues": world.sqs.inspect()}),
        (&http::Method::GET, "/_waybill/events") => |world| json!({"events": world.recent.latest_first()}),
        _ => return Err(ApiError::sender("NotFound", format!("There is nothing at {path}.")).with_status(404)),
    };
    Ok(shared.look(look))
}

/// How much there is.
fn state(world: &World) -> Value {
    let events = world.events.counts();
    let (queues, messages) = world.sqs.counts();
    json!({
        "event_sources": events.sources,
        "event_buses": events.buses,
        "rules": events.rules,
        "targets": events.targets,
        "queues": queues,
        "messages": messages,
    })
}
