//! A run for people.

use waybill_console::view::{EventReport, RunReport};
use waybill_domain::Verdict;

use super::is_colourful;

/// Most events that are listed one by one; of longer runs only those that are not as expected are.
const LISTED: usize = 40;

/// The run as text: a line per event, then the verdict.
pub fn human(report: &RunReport) -> String {
    let run = &report.summary;
    let as_expected =
        |event: &EventReport| if event.expected { matches!(event.verdict, Verdict::Delivered) } else { event.verdict == Verdict::HeldBack };
    let short = report.events.len() <= LISTED;
    let listed: Vec<&EventReport> = report.events.iter().filter(|event| short || !as_expected(event)).collect();
    let mut text = format!("{} on {} ({})\n\n", run.action, run.connection, run.mode);
    text.extend(listed.iter().take(LISTED).map(|event| line(event)));
    if listed.len() > LISTED {
        text += &format!("… and {} more; see `waybill runs show {}`\n", listed.len() - LISTED, run.run_id);
    }
    text.extend(report.drift.iter().map(|sentence| format!("! {sentence}\n")));
    text + &summary(report)
}

fn line(event: &EventReport) -> String {
    let latency = event.latency_ms.map(|ms| format!("{ms} ms")).unwrap_or_default();
    let reason = event.reason.as_deref().unwrap_or_default();
    let verdict = paint(event.verdict, &format!("{} {:<10}", glyph(event.verdict), event.verdict.word()));
    format!("{verdict}  {:<24}  {latency:>8}  {reason}", event.event_type.as_str()).trim_end().to_owned() + "\n"
}

fn summary(report: &RunReport) -> String {
    let run = &report.summary;
    let expected = report.events.iter().filter(|event| event.expected).count();
    let held_back = if run.counts.held_back > 0 { format!(", {} held back as intended", run.counts.held_back) } else { String::new() };
    let gaps =
        if run.poller.gaps > 0 { format!(", the poller had {} gap(s)", run.poller.gaps) } else { ", the poller had no gap".to_owned() };
    let p50 = run.latency_ms.p50.map(|ms| format!(", p50 {ms:.0} ms")).unwrap_or_default();
    let verdict = if run.proven { paint(Verdict::Delivered, "Proven") } else { paint(Verdict::Missing, "Not proven") };
    format!("\n{verdict}: {} of {expected} delivered{held_back}{gaps}{p50}.\nRun {}\n", run.counts.delivered, run.run_id)
}

const fn glyph(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Delivered => "✓",
        Verdict::HeldBack => "○",
        Verdict::Waiting => "…",
        Verdict::Late => "◷",
        Verdict::Duplicate => "⧉",
        Verdict::Changed => "⇄",
        Verdict::Missing => "✕",
        Verdict::Rejected => "⊘",
        Verdict::Unexpected => "!",
        Verdict::Unknown => "?",
        Verdict::NotSent => "·",
    }
}

fn paint(verdict: Verdict, text: &str) -> String {
    let colour = match verdict {
        Verdict::Delivered | Verdict::HeldBack => 32,
        Verdict::Late | Verdict::Duplicate | Verdict::Changed => 33,
        Verdict::Missing | Verdict::Rejected | Verdict::Unexpected => 31,
        Verdict::Waiting => 34,
        Verdict::Unknown | Verdict::NotSent => 90,
    };
    if is_colourful() { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.to_owned() }
}
