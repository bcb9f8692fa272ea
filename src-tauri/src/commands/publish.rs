//! The composer.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::{Composed, DetailCheck, RunSummary};
use waybill_domain::EventType;

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn compose(console: State<'_, Console>, action_id: String, event_type: EventType) -> Answer<Composed> {
    Ok(console.compose(&action_id, event_type).await?)
}

#[tauri::command]
pub(crate) async fn check_detail(
    console: State<'_, Console>,
    action_id: String,
    event_type: EventType,
    detail: String,
) -> Answer<DetailCheck> {
    Ok(console.check_detail(&action_id, event_type, &detail).await?)
}

#[tauri::command]
pub(crate) async fn publish_event(
    console: State<'_, Console>,
    action_id: String,
    event_type: EventType,
    detail: String,
) -> Answer<RunSummary> {
    Ok(console.publish_event(&action_id, event_type, &detail).await?)
}
