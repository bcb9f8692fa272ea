//! The doctor, its repairs, and which rules an event would match.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::{DiagnosisView, FaultView, RepairUndone, RulesMatchView};

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn diagnose(console: State<'_, Console>, action_id: String) -> Answer<DiagnosisView> {
    Ok(console.diagnose(Some(&action_id)).await?)
}

#[tauri::command]
pub(crate) async fn repair(console: State<'_, Console>, action_id: String) -> Answer<DiagnosisView> {
    Ok(console.repair(Some(&action_id)).await?)
}

#[tauri::command]
pub(crate) async fn undo_repair(console: State<'_, Console>, action_id: String) -> Answer<RepairUndone> {
    Ok(console.undo_repair(Some(&action_id)).await?)
}

#[tauri::command]
pub(crate) async fn rules_matching(console: State<'_, Console>, action_id: String, event: String, ask_aws: bool) -> Answer<RulesMatchView> {
    Ok(console.rules_matching(Some(&action_id), &event, ask_aws).await?)
}

#[tauri::command]
pub(crate) async fn list_faults(console: State<'_, Console>, action_id: String) -> Answer<Vec<FaultView>> {
    Ok(console.faults(Some(&action_id)).await?)
}

#[tauri::command]
pub(crate) async fn inject_fault(console: State<'_, Console>, action_id: String, fault: String) -> Answer<Vec<FaultView>> {
    Ok(console.inject_fault(&fault, Some(&action_id)).await?)
}

#[tauri::command]
pub(crate) async fn reset_faults(console: State<'_, Console>, action_id: String) -> Answer<Vec<FaultView>> {
    Ok(console.reset_faults(Some(&action_id)).await?)
}
