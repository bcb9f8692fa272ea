//! What is told on standard error while a run goes on.

use std::io::{IsTerminal, Write};

use tokio::sync::broadcast::Receiver;
use tokio::task::JoinHandle;
use waybill_console::view::{LiveEvent, RunSummary};
use waybill_domain::ReadingMode;

use crate::args::Format;

/// Follows a run until it is dropped.
pub struct Progress {
    task: JoinHandle<()>,
    draws: bool,
}

impl Progress {
    /// Says what the reading of somebody else's queue costs, before it begins; draws a line that follows the run where standard error is a
    /// terminal and the answer is for people.
    pub fn start(mut live: Receiver<LiveEvent>, format: Format) -> Self {
        let draws = format == Format::Human && std::io::stderr().is_terminal();
        let task = tokio::spawn(async move {
            while let Ok(event) = live.recv().await {
                match event {
                    LiveEvent::Run { run } if draws => draw(&run),
                    LiveEvent::Reading { reading, .. } if reading.mode != ReadingMode::Consume.as_str() => {
                        super::complain(&reading.sentence)
                    }
                    _ => {}
                }
            }
        });
        Self { task, draws }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.task.abort();
        if self.draws {
            drop(write!(std::io::stderr(), "\r\x1b[2K"));
        }
    }
}

fn draw(run: &RunSummary) {
    let line = format!("{}: {} of {} delivered, {} waiting", run.action, run.counts.delivered, run.total, run.counts.waiting);
    drop(write!(std::io::stderr(), "\r\x1b[2K{line}"));
    drop(std::io::stderr().flush());
}
