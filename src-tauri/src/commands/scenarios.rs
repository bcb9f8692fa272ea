//! Scenarios.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::{ScenarioForm, ScenarioView};

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn list_scenarios(console: State<'_, Console>) -> Answer<Vec<ScenarioView>> {
    Ok(console.scenarios().await?)
}

#[tauri::command]
pub(crate) async fn scenario(console: State<'_, Console>, name: String) -> Answer<ScenarioView> {
    Ok(console.scenario(&name).await?)
}

#[tauri::command]
pub(crate) async fn save_scenario(console: State<'_, Console>, form: ScenarioForm, replaces: Option<String>) -> Answer<ScenarioView> {
    Ok(console.save_scenario(&form, replaces.as_deref()).await?)
}

#[tauri::command]
pub(crate) async fn delete_scenario(console: State<'_, Console>, name: String) -> Answer<()> {
    Ok(console.delete_scenario(&name).await?)
}

#[tauri::command]
pub(crate) async fn import_scenario(console: State<'_, Console>, text: String, replace: bool) -> Answer<ScenarioView> {
    Ok(console.import_scenario(&text, replace).await?)
}

#[tauri::command]
pub(crate) async fn export_scenario(console: State<'_, Console>, name: String) -> Answer<String> {
    Ok(console.export_scenario(&name).await?)
}
