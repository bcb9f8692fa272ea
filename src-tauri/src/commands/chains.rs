//! Chains as they are.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::ChainView;

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
