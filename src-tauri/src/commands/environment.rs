//! The environment strip, the sandbox and the live channel.

use tauri::State;
use tauri::ipc::Channel;
use waybill_console::Console;
use waybill_console::view::{EnvironmentView, LiveEvent, PollerView, SandboxStatus};

use crate::ipc::{Answer, forward};

#[tauri::command]
pub(crate) async fn environment(console: State<'_, Console>) -> Answer<EnvironmentView> {
    Ok(console.environment().await?)
}

#[tauri::command]
pub(crate) async fn subscribe(console: State<'_, Console>, channel: Channel<Vec<LiveEvent>>) -> Answer<()> {
    console.attend();
    tokio::spawn(forward(console.live(), channel));
    Ok(())
}

#[tauri::command]
pub(crate) async fn sandbox_status(console: State<'_, Console>) -> Answer<SandboxStatus> {
    Ok(console.sandbox_status().await?)
}

#[tauri::command]
pub(crate) fn poller(console: State<'_, Console>) -> PollerView {
    console.poller()
}
