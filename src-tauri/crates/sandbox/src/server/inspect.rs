//! `/_waybill/`: a look at the sandbox itself; no verdict and no doctor's check reads it.

use serde_json::{Value, json};

use super::Shared;
use crate::error::ApiError;

/// The answer for a path below `/_waybill/`.
pub(crate) fn inspect(shared: &Shared, method: &http::Method, path: &str) -> Result<Value, ApiError> {
    match (method, path) {
        (&http::Method::GET, "/_waybill/health") => Ok(json!({"status": "ok", "endpoint": shared.endpoint})),
        (&http::Method::GET, "/_waybill/state") => Ok(shared.look(|world| {
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
        })),
        _ => Err(ApiError::sender("NotFound", format!("There is nothing at {path}.")).with_status(404)),
    }
}
