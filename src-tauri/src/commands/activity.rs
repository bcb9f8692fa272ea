//! The AWS calls that wrote something.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::{ActivityFilter, ActivityPage, ExportFormat, Exported};

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn activity(console: State<'_, Console>, filter: ActivityFilter, before: Option<i64>, limit: u32) -> Answer<ActivityPage> {
    Ok(console.activity(&filter, before, limit).await?)
}

#[tauri::command]
pub(crate) async fn export_activity(console: State<'_, Console>, filter: ActivityFilter, format: ExportFormat) -> Answer<Exported> {
    Ok(console.export_activity(&filter, format).await?)
}
