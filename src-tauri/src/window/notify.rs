//! A word from the system when a run has ended while the window is not in front.

use std::collections::HashSet;

use tauri::{AppHandle, Manager};
use tokio::sync::broadcast::error::RecvError;
use waybill_console::Console;
use waybill_console::view::{LiveEvent, RunSummary};

/// Tells of runs that end, until the program does.
pub(crate) async fn watch_runs(app: AppHandle, console: Console) {
    let mut live = console.live();
    let mut running: HashSet<String> = HashSet::new();
    loop {
        let run = match live.recv().await {
            Ok(LiveEvent::Run { run }) => run,
            Ok(_) | Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        if run.state == "running" {
            running.insert(run.run_id);
        } else if running.remove(&run.run_id) && is_wanted(&app, &console).await {
            let (title, body) = words(&run);
            send(title, body).await;
        }
    }
}

async fn is_wanted(app: &AppHandle, console: &Console) -> bool {
    let in_front = app.get_webview_window("main").and_then(|window| window.is_focused().ok()).unwrap_or(false);
    !in_front && console.window_settings().await.is_ok_and(|settings| settings.notify)
}

fn words(run: &RunSummary) -> (String, String) {
    let as_expected = run.counts.delivered + run.counts.held_back;
    let title = if run.proven { format!("{} is proven", run.action) } else { format!("{} is not proven", run.action) };
    (title, format!("{as_expected} of {} events as expected", run.total))
}

#[cfg(target_os = "linux")]
async fn send(title: String, body: String) {
    let sent = tokio::task::spawn_blocking(move || desktop::notify(&title, &body)).await;
    if let Ok(Err(error)) = sent {
        tracing::info!(%error, "the system takes no notifications");
    }
}

#[cfg(not(target_os = "linux"))]
async fn send(title: String, body: String) {
    tracing::info!(title, body, "notifications are given on Linux only");
}

/// The desktop's notifications (specifications.freedesktop.org/notification-spec), over the session bus.
#[cfg(target_os = "linux")]
mod desktop {
    use std::collections::HashMap;

    use gio::glib::prelude::ToVariant;
    use gio::glib::{self, Variant};
    use gio::{BusType, Cancellable, DBusCallFlags};

    const SERVICE: &str = "org.freedesktop.Notifications";
    const PATH: &str = "/org/freedesktop/Notifications";
    const PATIENCE_MS: i32 = 2000;

    pub(super) fn notify(title: &str, body: &str) -> Result<(), glib::Error> {
        let bus = gio::bus_get_sync(BusType::Session, Cancellable::NONE)?;
        let hints = HashMap::from([("desktop-entry".to_owned(), "waybill".to_variant())]);
        let none: Vec<String> = Vec::new();
        let message: Variant = ("Waybill", 0u32, "waybill", title, body, none, hints, -1i32).to_variant();
        let flags = DBusCallFlags::NONE;
        bus.call_sync(Some(SERVICE), PATH, SERVICE, "Notify", Some(&message), None, flags, PATIENCE_MS, Cancellable::NONE).map(drop)
    }
}
