//! The window's settings.

use tauri::ipc::Channel;
use tauri::{State, WebviewWindow};
use waybill_console::Console;
use waybill_console::view::{MenuCommand, WindowSettings};

use crate::ipc::{Answer, Failure};
use crate::window::{self, menu};

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

#[tauri::command]
pub(crate) fn set_menu(window: WebviewWindow, commands: Vec<MenuCommand>, chosen: Channel<String>) -> Answer<()> {
    menu::set(&window, &commands, chosen).map_err(|error| Failure::refused(format!("the menu could not be made: {error}")))
}

#[tauri::command]
pub(crate) fn remove_menu(window: WebviewWindow) -> Answer<()> {
    menu::remove(&window).map_err(|error| Failure::refused(format!("the menu could not be taken away: {error}")))
}
