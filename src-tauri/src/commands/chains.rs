//! Chains as they are.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::{ChainCode, ChainView, CodeKind, DriftView, Exported};

use crate::ipc::{Answer, Failure};

#[tauri::command]
pub(crate) async fn overview(console: State<'_, Console>) -> Answer<Vec<ChainView>> {
    Ok(console.overview().await?)
}

#[tauri::command]
pub(crate) async fn chain(console: State<'_, Console>, action_id: String) -> Answer<ChainView> {
    Ok(console.chain(&action_id).await?)
}

#[tauri::command]
pub(crate) async fn open_aws_page(console: State<'_, Console>, address: String) -> Answer<()> {
    console.aws_page(&address)?;
    open::that_detached(&address).map_err(|error| Failure::refused(format!("no browser could be started: {error}")))
}

#[tauri::command]
pub(crate) async fn chain_code(console: State<'_, Console>, action_id: String, kind: CodeKind) -> Answer<ChainCode> {
    Ok(console.chain_code(Some(&action_id), kind.as_str()).await?)
}

#[tauri::command]
pub(crate) async fn save_chain_code(console: State<'_, Console>, action_id: String, kind: CodeKind) -> Answer<Exported> {
    Ok(console.save_chain_code(&action_id, kind.as_str()).await?)
}

#[tauri::command]
pub(crate) async fn drift(console: State<'_, Console>, action_id: String) -> Answer<DriftView> {
    Ok(console.drift(Some(&action_id)).await?)
}

#[tauri::command]
pub(crate) async fn take_drift(console: State<'_, Console>, action_id: String, shown: String) -> Answer<DriftView> {
    Ok(console.take_drift(Some(&action_id), Some(&shown)).await?)
}

#[tauri::command]
pub(crate) async fn restore_drift(console: State<'_, Console>, action_id: String, shown: String) -> Answer<DriftView> {
    Ok(console.restore_drift(Some(&action_id), Some(&shown)).await?)
}
