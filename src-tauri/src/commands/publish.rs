//! The composer.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::{Composed, DetailCheck, RunSummary, TemplateView};
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

#[tauri::command]
pub(crate) async fn publish_again(console: State<'_, Console>, delivery: i64, detail: Option<String>) -> Answer<RunSummary> {
    Ok(console.publish_again(delivery, detail.as_deref()).await?)
}

#[tauri::command]
pub(crate) async fn list_templates(console: State<'_, Console>) -> Answer<Vec<TemplateView>> {
    Ok(console.templates().await?)
}

#[tauri::command]
pub(crate) async fn compose_template(console: State<'_, Console>, action_id: String, template: i64) -> Answer<Composed> {
    Ok(console.compose_template(&action_id, template).await?)
}

#[tauri::command]
pub(crate) async fn save_template(
    console: State<'_, Console>,
    name: String,
    event_type: EventType,
    detail: String,
) -> Answer<TemplateView> {
    Ok(console.save_template(&name, event_type, &detail).await?)
}

#[tauri::command]
pub(crate) async fn delete_template(console: State<'_, Console>, id: i64) -> Answer<()> {
    Ok(console.delete_template(id).await?)
}
