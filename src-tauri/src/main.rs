//! `waybill-desktop`: the window, or the sandbox in the background that it starts from its own program file.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    waybill_desktop::run(std::env::args().skip(1).collect())
}
