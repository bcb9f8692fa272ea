//! `waybill` without arguments.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::CommandFactory;

use crate::args::Arguments;
use crate::{exit, output};

const WINDOW: &str = if cfg!(windows) { "waybill-desktop.exe" } else { "waybill-desktop" };

/// Opens the window where the desktop program lies beside this one or on the PATH, else prints the help.
pub fn open_or_help() -> ExitCode {
    let Some(program) = find() else {
        output::say(&Arguments::command().render_help().to_string());
        return ExitCode::SUCCESS;
    };
    match Command::new(&program).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => exit::broken(&format!("the window ended with {status}; run `waybill verify` where there is no display")),
        Err(error) => exit::broken(&format!("{} cannot be started: {error}", program.display())),
    }
}

fn find() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|own| Some(own.parent()?.join(WINDOW)));
    let on_path =
        std::env::var_os("PATH").into_iter().flat_map(|path| std::env::split_paths(&path).map(|dir| dir.join(WINDOW)).collect::<Vec<_>>());
    beside.into_iter().chain(on_path).find(|candidate| candidate.is_file())
}
