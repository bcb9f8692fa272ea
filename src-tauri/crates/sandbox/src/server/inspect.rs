//! `/_waybill/`: a look at the sandbox itself, and outages; no verdict and no doctor's check reads it.

use http::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Shared;
use crate::error::ApiError;
use crate::events::Outage;
use crate::state::World;

/// An outage and the queue that it strikes.
#[derive(Deserialize)]
struct Order {
    queue: String,
    #[serde(flatten)]
    outage: Outage,
}

/// The queue whose outage ends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    queue: String,
}

/// The answer for a path below `/_waybill/`.
pub(crate) fn inspect(shared: &Shared, (method, path): (&Method, &str), body: &[u8]) -> Result<Value, ApiError> {
    let look: fn(&World) -> Value = match (method, path) {
        (&Method::GET, "/_waybill/health") => return Ok(json!({"status": "ok", "endpoint": shared.endpoint})),
        (&Method::GET, "/_waybill/state") => state,
        (&Method::GET, "/_waybill/buses") => |world| world.events.inspect(),
        (&Method::GET, "/_waybill/queues") => |world| json!({"queues": world.sqs.inspect()}),
        (&Method::GET, "/_waybill/messages") => |world| json!({"queues": world.sqs.inspect_messages()}),
        (&Method::GET, "/_waybill/events") => |world| json!({"events": world.recent.latest_first()}),
        (&Method::GET, "/_waybill/outages") => outages,
        (&Method::POST, "/_waybill/outages") => {
            let Order { queue, outage } = read(body)?;
            shared.change(|world| world.outages.order(queue, outage));
            outages
        }
        (&Method::DELETE, "/_waybill/outages") => {
            let End { queue } = read(body)?;
            shared.change(|world| world.outages.end(&queue));
            outages
        }
        _ => return Err(ApiError::sender("NotFound", format!("There is nothing at {path}.")).with_status(404)),
    };
    Ok(shared.look(look))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body).map_err(|source| ApiError::serialization(source.to_string()))
}

fn outages(world: &World) -> Value {
    json!({"outages": world.outages})
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
        "retries": world.retries.len(),
        "queues": queues,
        "messages": messages,
    })
}
