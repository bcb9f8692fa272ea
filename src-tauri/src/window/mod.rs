//! The one window, from start to shutdown.

use std::path::PathBuf;
use std::process::ExitCode;

use tauri::{App, RunEvent, WebviewUrl, WebviewWindowBuilder};
use waybill_console::{Console, OpenOptions};

use crate::commands;

/// Opens the window and returns when it is closed. Takes `--data-dir DIR`.
pub(crate) fn open(arguments: Vec<String>) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("no threads could be started: {error}"), 1),
    };
    let _entered = runtime.enter();
    tauri::async_runtime::set(runtime.handle().clone());
    let options = OpenOptions { data_dir: data_dir(&arguments), connection: None };
    let console = match runtime.block_on(Console::open(options)) {
        Ok(console) => console,
        Err(error) => return fail(&error.sentence(), error.exit_code()),
    };
    let closing = console.clone();
    let taking_up = console.clone();
    runtime.spawn(async move { taking_up.take_up_interrupted().await });
    let watching = console.clone();
    runtime.spawn(async move { watching.watch_folder().await });
    let built =
        tauri::Builder::default().manage(console).invoke_handler(commands::handler()).setup(make_window).build(tauri::generate_context!());
    let app = match built {
        Ok(app) => app,
        Err(error) => return fail(&format!("the window cannot be opened: {error}"), 1),
    };
    let code = app.run_return(|_, event| {
        if let RunEvent::Exit = event {
            tracing::debug!("the window is closed");
        }
    });
    runtime.block_on(closing.close());
    runtime.shutdown_background();
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

fn make_window(app: &mut App) -> Result<(), Box<dyn std::error::Error>> {
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Waybill")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 650.0)
        .center()
        .build()?;
    Ok(())
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
