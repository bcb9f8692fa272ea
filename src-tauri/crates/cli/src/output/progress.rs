//! What is told on standard error while a run goes on.

use std::io::{IsTerminal, Write};

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;
use waybill_console::view::{LiveEvent, RunProgress, SettlingView};
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
            loop {
                match live.recv().await {
                    Ok(LiveEvent::Progress { progress }) if draws => draw(&line(&progress)),
                    Ok(LiveEvent::Reading { reading, .. }) if reading.mode != ReadingMode::Consume.as_str() => {
                        super::complain(&reading.sentence);
                    }
                    Ok(LiveEvent::Settling { settling }) => settle(&settling, draws),
                    // What was missed is older than what comes next.
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
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

/// Counts down where standard error is a terminal, else says once how long it takes.
fn settle(settling: &SettlingView, draws: bool) {
    let seconds = (settling.left_ms + 999) / 1000;
    let sentence = format!("{}: waits {seconds} s until its own last changes are in force", settling.action);
    match settling.left_ms {
        0 if draws => draw(""),
        1.. if draws => draw(&sentence),
        left if left > 0 && left > settling.total_ms - 1000 => super::complain(&sentence),
        _ => {}
    }
}

fn draw(line: &str) {
    drop(write!(std::io::stderr(), "\r\x1b[2K{line}"));
    drop(std::io::stderr().flush());
}

/// How many are done, how fast it goes, and when it will be over.
fn line(run: &RunProgress) -> String {
    let rate = run.per_second.filter(|_| run.settled < run.total).map(|rate| format!(", {rate:.0}/s")).unwrap_or_default();
    let left = run.left_ms.filter(|_| run.settled < run.total).map(|ms| format!(", about {} left", span(ms))).unwrap_or_default();
    format!("{}: {} published, {} of {} settled{rate}{left}", run.action, run.published, run.settled, run.total)
}

fn span(ms: u64) -> String {
    let seconds = ms.div_ceil(1000);
    if seconds < 100 { format!("{seconds} s") } else { format!("{} min", seconds.div_ceil(60)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_rate_and_end_while_they_are_known() {
        let run = |settled, per_second, left_ms| RunProgress {
            run_id: "1".into(),
            action: "Ops".into(),
            total: 1000,
            published: 600,
            settled,
            per_second,
            left_ms,
        };
        for (progress, expected) in [
            (run(0, None, None), "Ops: 600 published, 0 of 1000 settled"),
            (run(500, Some(99.6), Some(5100)), "Ops: 600 published, 500 of 1000 settled, 100/s, about 6 s left"),
            (run(10, Some(1.0), Some(990_000)), "Ops: 600 published, 10 of 1000 settled, 1/s, about 17 min left"),
            (run(500, Some(0.0), None), "Ops: 600 published, 500 of 1000 settled, 0/s"),
            (run(1000, Some(50.0), Some(0)), "Ops: 600 published, 1000 of 1000 settled"),
        ] {
            assert_eq!(line(&progress), expected);
        }
    }
}
