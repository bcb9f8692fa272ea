//! The doctor, its repairs, and which rules an event would match.

use tauri::State;
use tauri::ipc::Channel;
use waybill_console::Console;
use waybill_console::view::{ActiveFault, DiagnosisProgress, DiagnosisView, FaultView, RepairUndone, RulesMatchView};

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn diagnose(console: State<'_, Console>, action_id: String) -> Answer<DiagnosisView> {
    Ok(console.diagnose(Some(&action_id)).await?)
}

#[tauri::command]
pub(crate) async fn diagnose_live(
    console: State<'_, Console>,
    action_id: String,
    channel: Channel<DiagnosisProgress>,
) -> Answer<DiagnosisView> {
    // A page that is gone hears nothing more; the diagnosis changes nothing and ends by itself.
    Ok(console.diagnose_live(Some(&action_id), |progress| drop(channel.send(progress))).await?)
}

#[tauri::command]
pub(crate) fn cancel_diagnosis(console: State<'_, Console>, action_id: String) -> Answer<()> {
    Ok(console.cancel_diagnosis(&action_id)?)
}

#[tauri::command]
pub(crate) async fn repair_check(
    console: State<'_, Console>,
    action_id: String,
    check: String,
    plan: String,
    channel: Channel<DiagnosisProgress>,
) -> Answer<DiagnosisView> {
    Ok(console.repair_check(Some(&action_id), (&check, &plan), |progress| drop(channel.send(progress))).await?)
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
pub(crate) async fn active_faults(console: State<'_, Console>) -> Answer<Vec<ActiveFault>> {
    Ok(console.active_faults().await?)
}

#[tauri::command]
pub(crate) async fn retract_fault(console: State<'_, Console>, action_id: String, fault: String) -> Answer<Vec<FaultView>> {
    Ok(console.retract_fault(&fault, Some(&action_id)).await?)
}

#[tauri::command]
pub(crate) async fn reset_every_fault(console: State<'_, Console>) -> Answer<Vec<ActiveFault>> {
    Ok(console.reset_every_fault().await?)
}
