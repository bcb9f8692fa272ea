//! `waybill verify`.

use waybill_console::{Console, Error, ErrorCode, Verified, VerifyRequest};

use crate::args::{Format, Verify};
use crate::exit::Ending;
use crate::output::{complain, document::Destination, progress::Progress};

/// Runs the command.
pub async fn run(command: Verify, console: &Console, format: Format) -> Result<Ending, Error> {
    let destination = Destination::new(command.output)?;
    let request = VerifyRequest {
        action: command.action,
        events: command.events,
        count: command.count,
        rate: command.rate,
        publishers: command.publishers,
        scenario: command.scenario,
        reading: command.reading,
        timeout: command.timeout,
        mode: command.mode,
        bus_logging: command.bus_logging,
    };
    let progress = Progress::start(console.live(), format);
    let Verified { run, unreached } = console.verify(request).await?;
    drop(progress);
    let head = destination.run(console, &run.run_id, format).await?;
    Ok(match unreached {
        Some(code) => {
            complain(match code {
                ErrorCode::NoCredentials => "AWS took no credentials, so that it accepted none of the events.",
                _ => "AWS was not reached: none of the events left.",
            });
            Ending::Stopped(code)
        }
        None if head.summary.proven => Ending::Done,
        None => Ending::No,
    })
}
