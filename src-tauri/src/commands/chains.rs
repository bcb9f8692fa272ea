//! Chains as they are.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::ChainView;

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn overview(console: State<'_, Console>) -> Answer<Vec<ChainView>> {
    Ok(console.overview().await?)
}

#[tauri::command]
pub(crate) async fn chain(console: State<'_, Console>, action_id: String) -> Answer<ChainView> {
    Ok(console.chain(&action_id).await?)
}
