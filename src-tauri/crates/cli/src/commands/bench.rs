//! `waybill bench`.

use std::path::Path;

use waybill_console::{BenchReport, BenchRequest, BenchRoute, Error, bench};

use crate::args::{Bench, Format, Route};
use crate::exit::Ending;
use crate::output;
use crate::signal::Signal;

/// Runs the command; events that did not come back are no success.
pub async fn run(command: Bench, format: Format) -> Result<Ending, Error> {
    let receives = command.receivers > 0;
    let request = BenchRequest {
        endpoint: command.endpoint,
        line: command.line.as_deref().map(read).transpose()?,
        events: command.events,
        rate: command.rate,
        publishers: command.publishers,
        receivers: command.receivers,
        via: match command.via {
            Route::Partner => BenchRoute::Partner,
            Route::Custom => BenchRoute::Custom,
        },
        pid: command.pid,
    };
    let mut interrupt = Signal::interrupt()?;
    let report = tokio::select! {
        report = bench(request, |name| std::env::var(name).ok()) => report?,
        () = interrupt.came() => return Ok(Ending::Interrupted),
    };
    output::answer(format, &report, || told(&report));
    let complete = !receives || report.received == usize::try_from(report.events).unwrap_or(usize::MAX);
    Ok(if complete { Ending::Done } else { Ending::No })
}

fn read(file: &Path) -> Result<String, Error> {
    if file != Path::new("-") {
        return super::pattern::read("Line", file);
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|error| Error::unreadable_file("Line", file, &error))?;
    Ok(line)
}

fn told(report: &BenchReport) -> String {
    let mut rows = vec![
        ("Events", format!("{} published, {} received, {} of them again", report.events, report.received, report.again)),
        ("Time", format!("{:.3} s, {:.0} events/s; published after {:.3} s", report.seconds, report.events_per_s, report.publish_s)),
    ];
    if let Some(latency) = report.latency_ms {
        rows.push(("Latency", format!("p50 {} ms, p99 {} ms, longest {} ms", latency.p50, latency.p99, latency.max)));
    }
    if let Some(server) = report.server {
        rows.push(("Server CPU", format!("{} ms per event", server.cpu_ms_per_event)));
        rows.push((
            "Server memory",
            format!("{:.1} MiB before, {:.1} MiB after, {:.1} MiB at most", server.memory_before_mib, server.memory_mib, server.peak_mib),
        ));
    }
    if let Some(cpu) = report.client_cpu_ms_per_event {
        rows.push(("Client CPU", format!("{cpu} ms per event")));
    }
    let rows: Vec<(&str, &str)> = rows.iter().map(|(name, value)| (*name, value.as_str())).collect();
    output::pairs(&rows)
}
