//! The guided set-up.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::{
    AdoptableView, ChainView, OrganizationView, PatternCheck, PatternForm, PlanView, SetupDraft, SetupForm, SetupOutcome, UndoView,
};

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn load_draft(console: State<'_, Console>, action_id: Option<String>) -> Answer<SetupDraft> {
    Ok(console.load_draft(action_id.as_deref()).await?)
}

#[tauri::command]
pub(crate) async fn save_draft(console: State<'_, Console>, draft: SetupDraft) -> Answer<SetupDraft> {
    Ok(console.save_draft(draft).await?)
}

#[tauri::command]
pub(crate) async fn discard_draft(console: State<'_, Console>, action_id: Option<String>) -> Answer<()> {
    Ok(console.discard_draft(action_id.as_deref()).await?)
}

#[tauri::command]
pub(crate) async fn setup_plan(console: State<'_, Console>, action_id: String, form: SetupForm) -> Answer<PlanView> {
    Ok(console.setup_plan(&action_id, &form).await?)
}

#[tauri::command]
pub(crate) async fn setup_apply(console: State<'_, Console>, action_id: String, form: SetupForm) -> Answer<SetupOutcome> {
    Ok(console.setup_apply(&action_id, &form).await?)
}

#[tauri::command]
pub(crate) fn setup_cancel(console: State<'_, Console>, action_id: String) -> Answer<()> {
    Ok(console.setup_cancel(&action_id)?)
}

#[tauri::command]
pub(crate) async fn setup_undo(console: State<'_, Console>, action_id: String) -> Answer<UndoView> {
    Ok(console.undo_setup(&action_id).await?)
}

#[tauri::command]
pub(crate) async fn pattern_check(console: State<'_, Console>, action_id: Option<String>, pattern: PatternForm) -> Answer<PatternCheck> {
    Ok(console.pattern_check(action_id.as_deref(), &pattern).await?)
}

#[tauri::command]
pub(crate) async fn list_queues(console: State<'_, Console>, action_id: String) -> Answer<Vec<String>> {
    Ok(console.queues(&action_id).await?)
}

#[tauri::command]
pub(crate) async fn organization(console: State<'_, Console>) -> Answer<OrganizationView> {
    Ok(console.organization().await?)
}

#[tauri::command]
pub(crate) async fn adoptable(console: State<'_, Console>) -> Answer<Vec<AdoptableView>> {
    Ok(console.adoptable().await?)
}

#[tauri::command]
pub(crate) async fn adopt_chain(console: State<'_, Console>, action_id: String, rule: String, queue: String) -> Answer<ChainView> {
    Ok(console.adopt_chain(Some(&action_id), Some(&rule), Some(&queue)).await?)
}
