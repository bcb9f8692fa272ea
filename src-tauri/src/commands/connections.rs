//! Connections, and what one that asks before every write is asking about.

use tauri::State;
use waybill_console::Console;
use waybill_console::view::{ConnectionDefaults, ConnectionForm, ConnectionReport, ConnectionView, QuestionView};

use crate::ipc::Answer;

#[tauri::command]
pub(crate) async fn list_connections(console: State<'_, Console>) -> Answer<Vec<ConnectionView>> {
    Ok(console.connections().await?)
}

#[tauri::command]
pub(crate) async fn connection_defaults(console: State<'_, Console>) -> Answer<ConnectionDefaults> {
    Ok(console.connection_defaults().await)
}

#[tauri::command]
pub(crate) async fn add_connection(console: State<'_, Console>, form: ConnectionForm) -> Answer<ConnectionView> {
    Ok(console.add_connection(&form).await?)
}

#[tauri::command]
pub(crate) async fn try_connection(console: State<'_, Console>, name: String) -> Answer<ConnectionReport> {
    Ok(console.try_connection(&name).await?)
}

#[tauri::command]
pub(crate) async fn set_connection_mode(console: State<'_, Console>, name: String, mode: String) -> Answer<()> {
    Ok(console.set_connection_mode(&name, &mode).await?)
}

#[tauri::command]
pub(crate) async fn use_connection(console: State<'_, Console>, name: String) -> Answer<()> {
    Ok(console.use_connection(&name).await?)
}

#[tauri::command]
pub(crate) async fn delete_connection(console: State<'_, Console>, name: String) -> Answer<()> {
    Ok(console.delete_connection(&name).await?)
}

#[tauri::command]
pub(crate) fn questions(console: State<'_, Console>) -> Vec<QuestionView> {
    console.questions()
}

#[tauri::command]
pub(crate) async fn answer_question(console: State<'_, Console>, id: u64, yes: bool) -> Answer<()> {
    Ok(console.answer_question(id, yes)?)
}
