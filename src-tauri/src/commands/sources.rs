//! Alert sources.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::{AlertSourceDetail, AlertSourceView};

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn list_alert_sources(console: State<'_, Console>) -> Answer<Vec<AlertSourceView>> {
    Ok(console.alert_sources().await?)
}

#[tauri::command]
pub(crate) async fn alert_source(console: State<'_, Console>, id: i64) -> Answer<AlertSourceDetail> {
    Ok(console.alert_source(id).await?)
}

#[tauri::command]
pub(crate) async fn create_alert_source(console: State<'_, Console>, name: String) -> Answer<AlertSourceView> {
    Ok(console.create_alert_source(&name).await?)
}

#[tauri::command]
pub(crate) async fn rename_alert_source(console: State<'_, Console>, id: i64, name: String) -> Answer<AlertSourceView> {
    Ok(console.rename_alert_source(id, &name).await?)
}

#[tauri::command]
pub(crate) async fn delete_alert_source(console: State<'_, Console>, id: i64) -> Answer<()> {
    Ok(console.delete_alert_source(id).await?)
}
