//! One file per command: arguments as typed → resolved → use case → output.

mod actions;
mod adopt;
mod bench;
mod connections;
mod doctor;
mod drift;
mod export;
mod faults;
mod pattern;
mod policy;
mod runs;
mod sandbox;
mod scenarios;
mod setup;
mod sources;
mod verify;

use waybill_console::{Console, Error, OpenOptions};

use crate::args::{Command, Format, Pattern, Runs, Sandbox, Shared};
use crate::ask;
use crate::exit::Ending;
use crate::signal::Signal;

/// Runs one command.
pub async fn run(command: Command, shared: Shared) -> Result<Ending, Error> {
    check_format(&command, shared.format)?;
    match command {
        Command::Runs(Runs::Verify { file }) => runs::verify(&file, shared.format),
        Command::Pattern(Pattern::Test { pattern, event }) => pattern::test(&pattern, &event, shared.format),
        Command::Sandbox(command @ (Sandbox::Host(_) | Sandbox::Serve(_))) => sandbox::run(command, &shared).await,
        Command::Bench(command) => bench::run(command, shared.format).await,
        command => {
            let mut interrupt = Signal::interrupt()?;
            let options = OpenOptions { data_dir: shared.data_dir.clone(), connection: shared.connection.clone(), as_last_used: false };
            let console = tokio::select! {
                opened = Console::open(options) => opened?,
                () = interrupt.came() => return Ok(Ending::Interrupted),
            };
            let answering = ask::answer_for(&console, shared.yes);
            let ending = tokio::select! {
                ending = on_console(command, &console, &shared) => ending,
                () = interrupt.came() => Ok(Ending::Interrupted),
            };
            drop(answering);
            console.close().await;
            ending
        }
    }
}

async fn on_console(command: Command, console: &Console, shared: &Shared) -> Result<Ending, Error> {
    match command {
        Command::Verify(command) => verify::run(command, console, shared.format).await,
        Command::Sources(command) => sources::run(command, console, shared.format).await,
        Command::Actions(command) => actions::run(command, console, shared.format).await,
        Command::Connections(command) => connections::run(command, console, shared.format).await,
        Command::Runs(command) => runs::run(command, console, shared.format).await,
        Command::Scenarios(command) => scenarios::run(command, console, shared.format).await,
        Command::Setup(command) => setup::run(command, console, shared.format).await,
        Command::Doctor(command) => doctor::run(command, console, shared).await,
        Command::Adopt(command) => adopt::run(command, console, shared.format).await,
        Command::Drift(command) => drift::run(command, console, shared.format).await,
        Command::Export(command) => export::run(command, console, shared.format).await,
        Command::Policy(command) => policy::run(command, console).await,
        Command::Pattern(command) => pattern::rules(command, console, shared.format).await,
        Command::Sandbox(Sandbox::Faults(command)) => faults::run(command, console, shared.format).await,
        Command::Sandbox(_) | Command::Bench(_) => Ok(Ending::Done),
    }
}

/// Only a run is written as JUnit or HTML.
fn check_format(command: &Command, format: Format) -> Result<(), Error> {
    let is_run = matches!(command, Command::Verify(_) | Command::Runs(Runs::Show { .. }));
    match format {
        Format::Junit | Format::Html if !is_run => {
            Err(Error::unknown_format("junit and html are for `waybill verify` and `waybill runs show`; here there is human and json"))
        }
        _ => Ok(()),
    }
}
