//! Alert actions.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::{AlertActionView, DeleteReport, EnvelopeView, FormDefaults, ImportPlan, PermissionsView};
use waybill_domain::ActionForm;

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn form_defaults(console: State<'_, Console>) -> Answer<FormDefaults> {
    Ok(console.form_defaults().await?)
}

#[tauri::command]
pub(crate) async fn list_alert_actions(console: State<'_, Console>) -> Answer<Vec<AlertActionView>> {
    Ok(console.alert_actions().await?)
}

#[tauri::command]
pub(crate) async fn alert_action(console: State<'_, Console>, id: String) -> Answer<AlertActionView> {
    Ok(console.alert_action(&id).await?)
}

#[tauri::command]
pub(crate) async fn create_alert_action(console: State<'_, Console>, form: ActionForm) -> Answer<AlertActionView> {
    Ok(console.create_alert_action(&form).await?)
}

#[tauri::command]
pub(crate) async fn update_alert_action(console: State<'_, Console>, id: String, form: ActionForm) -> Answer<AlertActionView> {
    Ok(console.update_alert_action(&id, &form).await?)
}

#[tauri::command]
pub(crate) async fn update_warning(console: State<'_, Console>, id: String, form: ActionForm) -> Answer<Option<String>> {
    Ok(console.update_warning(&id, &form).await?)
}

#[tauri::command]
pub(crate) async fn duplicate_alert_action(console: State<'_, Console>, id: String) -> Answer<ActionForm> {
    Ok(console.duplicate_alert_action(&id).await?)
}

#[tauri::command]
pub(crate) async fn delete_preview(console: State<'_, Console>, id: String) -> Answer<DeleteReport> {
    Ok(console.delete_preview(&id).await?)
}

#[tauri::command]
pub(crate) async fn delete_alert_action(console: State<'_, Console>, id: String) -> Answer<DeleteReport> {
    Ok(console.delete_alert_action(&id).await?)
}

#[tauri::command]
pub(crate) async fn export_alert_actions(console: State<'_, Console>, actions: Vec<String>) -> Answer<String> {
    Ok(console.export_alert_actions(&actions).await?)
}

#[tauri::command]
pub(crate) async fn copies_for(console: State<'_, Console>, id: String, alert_sources: Vec<String>) -> Answer<String> {
    Ok(console.copies_for(&id, &alert_sources).await?)
}

#[tauri::command]
pub(crate) async fn import_plan(console: State<'_, Console>, text: String) -> Answer<ImportPlan> {
    Ok(console.import_plan(&text).await?)
}

#[tauri::command]
pub(crate) async fn import_alert_actions(console: State<'_, Console>, text: String) -> Answer<ImportPlan> {
    Ok(console.import_alert_actions(&text).await?)
}

#[tauri::command]
pub(crate) async fn envelopes(console: State<'_, Console>, id: String) -> Answer<Vec<EnvelopeView>> {
    Ok(console.envelopes(&id).await?)
}

#[tauri::command]
pub(crate) async fn permissions(console: State<'_, Console>, action_id: String, task: String) -> Answer<PermissionsView> {
    Ok(console.permissions(Some(&action_id), (&task, None)).await?)
}
