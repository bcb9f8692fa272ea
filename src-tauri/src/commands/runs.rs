//! Runs.

use tauri::State;
use waybill_console::view::{Exported, RunReport, RunSummary, StartRun};
use waybill_console::{Console, ReportFormat};

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn start_run(console: State<'_, Console>, start: StartRun) -> Answer<RunSummary> {
    Ok(console.start_run(&start).await?)
}

#[tauri::command]
pub(crate) fn cancel_run(console: State<'_, Console>, run_id: String) -> Answer<()> {
    Ok(console.cancel_run(&run_id)?)
}

#[tauri::command]
pub(crate) async fn take_up_runs(console: State<'_, Console>) -> Answer<()> {
    Ok(console.take_up_runs().await?)
}

#[tauri::command]
pub(crate) async fn prove(console: State<'_, Console>, action_id: Option<String>) -> Answer<RunSummary> {
    Ok(console.prove(action_id.as_deref()).await?)
}

#[tauri::command]
pub(crate) async fn list_runs(console: State<'_, Console>, action_id: Option<String>) -> Answer<Vec<RunSummary>> {
    Ok(console.runs(action_id.as_deref()).await?)
}

#[tauri::command]
pub(crate) async fn run(console: State<'_, Console>, run_id: String) -> Answer<RunReport> {
    Ok(console.run(&run_id).await?)
}

#[tauri::command]
pub(crate) async fn save_report(console: State<'_, Console>, run_id: String, format: ReportFormat) -> Answer<Exported> {
    Ok(console.save_report(&run_id, format).await?)
}
