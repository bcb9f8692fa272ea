//! One line on a person's terminal that follows a run.

use std::io::{IsTerminal, Write};

use tokio::sync::broadcast::Receiver;
use tokio::task::JoinHandle;
use waybill_console::view::{LiveEvent, RunSummary};

use crate::args::Format;

/// The line; dropping it removes it.
pub struct Progress(Option<JoinHandle<()>>);

impl Progress {
    /// Follows live events where standard error is a terminal and the answer is for people.
    pub fn start(mut live: Receiver<LiveEvent>, format: Format) -> Self {
        if format != Format::Human || !std::io::stderr().is_terminal() {
            return Self(None);
        }
        Self(Some(tokio::spawn(async move {
            while let Ok(event) = live.recv().await {
                if let LiveEvent::Run { run } = event {
                    draw(&run);
                }
            }
        })))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
            drop(write!(std::io::stderr(), "\r\x1b[2K"));
        }
    }
}

fn draw(run: &RunSummary) {
    let line = format!("{}: {} of {} delivered, {} waiting", run.action, run.counts.delivered, run.total, run.counts.waiting);
    drop(write!(std::io::stderr(), "\r\x1b[2K{line}"));
    drop(std::io::stderr().flush());
}
