//! `waybill verify`.

use waybill_console::{Console, Error, VerifyRequest};

use crate::args::{Format, Verify};
use crate::exit::Ending;
use crate::output::{self, progress::Progress, report};

/// Runs the command.
pub async fn run(command: Verify, console: &Console, format: Format) -> Result<Ending, Error> {
    let request = VerifyRequest {
        action: command.action,
        events: command.events,
        count: command.count,
        rate: command.rate,
        timeout: command.timeout,
        mode: command.mode,
    };
    let progress = Progress::start(console.live(), format);
    let report = console.verify(request).await?;
    drop(progress);
    output::answer(format, &report, || report::human(&report));
    Ok(if report.summary.proven { Ending::Done } else { Ending::No })
}
