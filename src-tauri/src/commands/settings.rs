//! The window's settings.

use tauri::{State, WebviewWindow};
use waybill_console::Console;
use waybill_console::view::WindowSettings;

use crate::ipc::Answer;
use crate::window;

#[tauri::command]
pub(crate) async fn window_settings(console: State<'_, Console>) -> Answer<WindowSettings> {
    Ok(console.window_settings().await?)
}

#[tauri::command]
pub(crate) async fn save_window_settings(
    console: State<'_, Console>,
    window: WebviewWindow,
    settings: WindowSettings,
) -> Answer<WindowSettings> {
    let saved = console.save_window_settings(settings).await?;
    window::apply_zoom(&window, &saved);
    Ok(saved)
}
