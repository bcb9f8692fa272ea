//! The one window, from start to shutdown.

pub(crate) mod menu;
mod notify;
mod place;
mod single;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use tauri::{App, AppHandle, Manager, RunEvent, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};
use waybill_console::view::{WindowPlace, WindowSettings};
use waybill_console::{Console, DataFolder, OpenOptions};

use self::place::LastPlace;
use self::single::Claim;
use crate::commands;

/// What the window is opened with.
struct Opening {
    settings: WindowSettings,
    place: Option<WindowPlace>,
}

/// Opens the window and returns when it is closed. Takes `--data-dir DIR`.
pub(crate) fn open(arguments: Vec<String>) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("no threads could be started: {error}"), 1),
    };
    let _entered = runtime.enter();
    tauri::async_runtime::set(runtime.handle().clone());
    let folder = match data_dir(&arguments).map_or_else(DataFolder::of_user, Ok).and_then(|dir| DataFolder::open(&dir)) {
        Ok(folder) => folder,
        Err(error) => return fail(&error.sentence(), error.exit_code()),
    };
    let seat = match single::claim(folder.path()) {
        Ok(Claim::Granted(seat)) => seat,
        Ok(Claim::Taken) => return ExitCode::SUCCESS,
        Err(error) => return fail(&format!("data folder: {} cannot be used: {error}", folder.path().display()), 2),
    };
    let options = OpenOptions { data_dir: Some(folder.path().to_owned()), connection: None, as_last_used: true };
    let console = match runtime.block_on(Console::open(options)) {
        Ok(console) => console,
        Err(error) => return fail(&error.sentence(), error.exit_code()),
    };
    let closing = console.clone();
    // The page answers what a connection asks about before it writes, as soon as it is there.
    console.attend();
    console.keep_taking_up();
    let watching = console.clone();
    runtime.spawn(async move { watching.watch_folder().await });
    let opening = runtime.block_on(Opening::read(&console));
    let telling = console.clone();
    let built = tauri::Builder::default()
        .manage(console)
        .invoke_handler(commands::handler())
        .setup(move |app| make_window(app, &opening))
        .build(tauri::generate_context!());
    let app = match built {
        Ok(app) => app,
        Err(error) => return fail(&format!("the window cannot be opened: {error}"), 1),
    };
    runtime.spawn(notify::watch_runs(app.handle().clone(), telling));
    let handle = app.handle().clone();
    seat.answer(move || come_in_front(&handle));
    let last = Arc::new(LastPlace::default());
    let code = app.run_return({
        let last = Arc::clone(&last);
        move |app, event| note(app, &event, &last)
    });
    if let Some(place) = last.get()
        && let Err(error) = runtime.block_on(closing.save_window_place(place))
    {
        tracing::warn!(%error, "the window's place could not be kept");
    }
    runtime.block_on(closing.close());
    runtime.shutdown_background();
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

impl Opening {
    /// What cannot be read is as usual: it keeps nobody from opening the window.
    async fn read(console: &Console) -> Self {
        let settings = console.window_settings().await.inspect_err(|error| tracing::warn!(%error, "the settings cannot be read"));
        Self { settings: settings.unwrap_or_default(), place: console.window_place().await.ok().flatten() }
    }
}

fn make_window(app: &mut App, opening: &Opening) -> Result<(), Box<dyn std::error::Error>> {
    // The page knows its settings before it draws for the first time.
    let script = format!("window.__WAYBILL_SETTINGS__ = {};", serde_json::to_string(&opening.settings)?);
    let place = opening.place.filter(|place| place::is_on_screen(app, place));
    let (width, height) = place.map_or(place::USUAL, |place| (place.width.max(place::LEAST.0), place.height.max(place::LEAST.1)));
    let builder = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Waybill")
        .initialization_script(script)
        .inner_size(width, height)
        .min_inner_size(place::LEAST.0, place::LEAST.1)
        .maximized(place.is_some_and(|place| place.maximized));
    let builder = match place {
        Some(place) => builder.position(place.x, place.y),
        None => builder.center(),
    };
    apply_zoom(&builder.build()?, &opening.settings);
    Ok(())
}

/// How much larger everything is while the window is shown to others.
const PRESENTED: f64 = 1.25;

/// Gives the page the size that the settings ask for.
pub(crate) fn apply_zoom(window: &WebviewWindow, settings: &WindowSettings) {
    let factor = if settings.presenter { PRESENTED } else { 1.0 };
    if let Err(error) = window.set_zoom(factor * f64::from(settings.zoom) / 100.0) {
        tracing::warn!(%error, "the page cannot be zoomed");
    }
}

fn note(app: &AppHandle, event: &RunEvent, last: &LastPlace) {
    match event {
        RunEvent::WindowEvent {
            event: WindowEvent::Resized(_) | WindowEvent::Moved(_) | WindowEvent::CloseRequested { .. },
            label,
            ..
        } => {
            if let Some(window) = app.get_webview_window(label) {
                last.note(&window.as_ref().window());
            }
        }
        RunEvent::Exit => tracing::debug!("the window is closed"),
        _ => {}
    }
}

fn come_in_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    if let Err(error) = window.unminimize().and_then(|()| window.set_focus()) {
        tracing::info!(%error, "the window cannot come in front");
    }
}

fn data_dir(arguments: &[String]) -> Option<PathBuf> {
    let named = arguments.iter().position(|argument| argument == "--data-dir").and_then(|at| arguments.get(at + 1)).map(PathBuf::from);
    named.or_else(|| std::env::var_os("WAYBILL_DATA_DIR").filter(|value| !value.is_empty()).map(PathBuf::from))
}

fn fail(sentence: &str, code: u8) -> ExitCode {
    complain(sentence);
    ExitCode::from(code)
}

/// Tells what went wrong where there is no window to tell it in.
#[allow(clippy::print_stderr, reason = "there is no window yet")]
pub(crate) fn complain(sentence: &str) {
    eprintln!("waybill-desktop: {sentence}");
}
