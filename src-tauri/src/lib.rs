//! The desktop shell of Waybill: it turns use cases into Tauri commands and live events into one channel, and owns the window.
//! No rule of the product stands here.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod background;
mod commands;
mod ipc;
mod window;

use std::process::ExitCode;

/// Runs the program with its arguments (without its own name).
pub fn run(arguments: Vec<String>) -> ExitCode {
    match background::Task::read(&arguments) {
        Ok(Some(task)) => background::run(task),
        Ok(None) => window::open(arguments),
        Err(sentence) => {
            window::complain(&sentence);
            ExitCode::from(2)
        }
    }
}
