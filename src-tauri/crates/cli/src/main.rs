//! `waybill`: set-up, proof of delivery and the embedded sandbox from the command line. Links no GUI library.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod args;
mod ask;
mod commands;
mod exit;
mod output;
mod signal;
mod window;

use std::process::ExitCode;

use clap::Parser;

use crate::args::Arguments;

/// The program may be the sandbox for days: what a burst of events took goes back to the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start_log(arguments.shared.verbose);
    let Some(command) = arguments.command else { return window::open_or_help() };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return exit::broken(&format!("no threads could be started: {error}")),
    };
    let outcome = runtime.block_on(commands::run(command, arguments.shared));
    // Blocking work that nobody waits for any more must not hold the program back.
    runtime.shutdown_background();
    exit::code(outcome)
}

fn start_log(verbose: u8) {
    let level = match verbose {
        0 => "warn",
        1 => "info,waybill=debug",
        _ => "debug",
    };
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(level));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
