//! A run for people.

use waybill_console::RunOutline;
use waybill_console::view::{EventReport, EvidenceState};
use waybill_domain::Verdict;

use super::is_colourful;

/// Most events that are listed one by one; of longer runs only those that are not as expected are.
pub const LISTED: usize = 40;

/// The run as text: a line per event, then the verdict.
pub fn human(outline: &RunOutline) -> String {
    let run = &outline.head.summary;
    let rehearsal = outline.head.evidence.circumstances.as_ref().and_then(|circumstances| circumstances.rehearsal.as_ref());
    let provenance = rehearsal.map(|rehearsal| format!(": {}", rehearsal.provenance)).unwrap_or_default();
    let mut text = format!("{} on {} ({}{provenance})\n\n", run.action, run.connection, run.mode);
    text.extend(outline.listed.iter().map(line));
    if outline.more > 0 {
        text += &format!("… and {} more; see `waybill runs show {} --format json`\n", outline.more, run.run_id);
    }
    text.extend(remarks(outline).map(|sentence| format!("! {sentence}\n")));
    text + &summary(outline)
}

/// What is to be known beside the verdicts.
fn remarks(outline: &RunOutline) -> impl Iterator<Item = String> {
    let evidence = &outline.head.evidence;
    let check = evidence.circumstances.iter().flat_map(|circumstances| circumstances.cross_check.disagreements.clone());
    let rewritten = evidence.circumstances.iter().filter_map(|circumstances| circumstances.rehearsal.as_ref());
    let rewritten = rewritten.flat_map(|rehearsal| rehearsal.changes.iter().map(|change| format!("On the twin's rule {change}")));
    let altered = (evidence.state == EvidenceState::Altered)
        .then(|| "Altered: the records of this run were changed after it was closed; nothing of it proves anything".to_owned());
    outline.head.drift.clone().into_iter().chain(check).chain(rewritten).chain(altered)
}

fn line(event: &EventReport) -> String {
    let latency = event.latency_ms.map(|ms| format!("{ms} ms")).unwrap_or_default();
    let reason = event.reason.as_deref().unwrap_or_default();
    let verdict = paint(event.verdict, &format!("{} {:<10}", glyph(event.verdict), event.verdict.word()));
    format!("{verdict}  {:<24}  {latency:>8}  {reason}", event.event_type.as_str()).trim_end().to_owned() + "\n"
}

fn summary(outline: &RunOutline) -> String {
    let (run, expected) = (&outline.head.summary, outline.expected);
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
