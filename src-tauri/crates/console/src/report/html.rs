//! The report for people and archives: one file that needs no other and runs nothing.

use std::fmt;
use std::io::Write;

use waybill_domain::{EventReport, Timestamp, Verdict};
use waybill_store::DeliveryRecord;

use super::digest::Hashing;
use super::{ReportError, Source};
use crate::view::{ChainPart, EvidenceState, EvidenceView, RunHead};

/// How every report begins.
pub(super) const BEGIN: &str = "<!doctype html>\n<html lang=\"en\" data-waybill=\"waybill.run/1\">\n";

const HASH_BEGIN: &str = "<!-- waybill.report/1 sha256 ";
const HASH_END: &str = " -->\n";

/// Length of the last line: it names the hash over everything before it.
pub(super) const END_BYTES: usize = HASH_BEGIN.len() + 64 + HASH_END.len();

/// Events of which the envelopes are printed: those that are not as expected first.
const WITH_ENVELOPES: usize = 200;

const STYLE: &str = include_str!("report.css");

/// The hash that a last line names.
pub(super) fn hash_in(last_line: &str) -> Option<&str> {
    let hash = last_line.strip_prefix(HASH_BEGIN)?.strip_suffix(HASH_END)?;
    (hash.len() == 64).then_some(hash)
}

/// Writes the whole document.
pub(super) fn write(source: &Source<'_>, out: &mut impl Write) -> Result<(), ReportError> {
    let mut page = Hashing::new(out);
    let head = source.head();
    begin(head, &mut page)?;
    facts(head, &mut page)?;
    remarks(head, &mut page)?;
    let chosen = events(source, &mut page)?;
    envelopes(source, &chosen, &mut page)?;
    chain(head, &mut page)?;
    writeln!(page, "</body>\n</html>")?;
    let (out, hash) = page.finish();
    Ok(write!(out, "{HASH_BEGIN}{hash}{HASH_END}")?)
}

/// Text that is shown as it is.
struct Safe<T>(T);

impl<T: fmt::Display> fmt::Display for Safe<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.to_string().chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}

fn begin(head: &RunHead, page: &mut impl Write) -> Result<(), ReportError> {
    let run = &head.summary;
    let title = Safe(format!("Waybill: {} on {}, {}", run.action, run.connection, run.started_at));
    write!(page, "{BEGIN}<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n")?;
    writeln!(page, "<h1>Proof of delivery: {}</h1>", Safe(&run.action))?;
    let (class, word) = match (head.evidence.state, run.proven) {
        (EvidenceState::Altered, _) => ("bad", "Altered: the records of this run are not what was sealed"),
        (_, true) => ("good", "Proven"),
        _ => ("bad", "Not proven"),
    };
    Ok(writeln!(page, "<p class=\"verdict {class}\">{word}</p>")?)
}

/// Where the events came from.
fn provenance(mode: &str, evidence: &EvidenceView) -> String {
    match evidence.circumstances.as_ref().and_then(|circumstances| circumstances.rehearsal.as_ref()) {
        Some(rehearsal) => {
            let changes = rehearsal.changes.iter().map(|change| format!("; on the twin's rule {change}")).collect::<String>();
            format!("{} {}, source {}{changes}", rehearsal.provenance, rehearsal.bus, rehearsal.source)
        }
        None if mode == "partner" => "Published as the partner".to_owned(),
        None => mode.to_owned(),
    }
}

fn facts(head: &RunHead, page: &mut impl Write) -> Result<(), ReportError> {
    let (run, evidence) = (&head.summary, &head.evidence);
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let seal = match evidence.state {
        EvidenceState::Open => "the run is open; it is sealed when it is closed",
        EvidenceState::Intact => "intact",
        EvidenceState::Altered => "altered after the run was closed",
        EvidenceState::Unsealed => "none: the run was closed by a version that did not seal",
    };
    let counts = &run.counts;
    let rows = [
        ("Run", run.run_id.clone()),
        ("Connection", format!("{} ({})", run.connection, run.mode)),
        ("Provenance", provenance(run.mode.as_str(), evidence)),
        ("Began", run.started_at.to_string()),
        ("Closed", or_none(run.closed_at.map(|at| at.to_string()))),
        ("Reading", or_none(evidence.circumstances.as_ref().map(|c| format!("{}: {}", c.reading.mode, c.reading.sentence)))),
        ("Events", format!("{} in all, {} put on the bus, {} accepted", run.total, run.published, run.accepted)),
        ("Delivered", format!("{} (duplicates among them: {})", counts.delivered, counts.duplicate)),
        ("Held back", counts.held_back.to_string()),
        (
            "Not as expected",
            format!(
                "{} missing, {} late, {} changed, {} unexpected, {} rejected, {} not sent, {} unknown, {} waiting",
                counts.missing,
                counts.late,
                counts.changed,
                counts.unexpected,
                counts.rejected,
                counts.not_sent,
                counts.unknown,
                counts.waiting
            ),
        ),
        (
            "Poller",
            format!("{} receives, {} gaps, {} messages of others seen", run.poller.receives, run.poller.gaps, evidence.foreign_messages),
        ),
        ("Amended", if run.amended { "yes: something arrived after the close" } else { "no" }.to_owned()),
        ("Waybill", or_none(evidence.waybill_version.clone())),
        (
            "Clock",
            or_none(evidence.clock_drift_ms.map(|ms| {
                format!("times are carried on by the monotonic clock; at the close the computer's clock was {ms} ms ahead of it")
            })),
        ),
        ("Seal", seal.to_owned()),
        ("SHA-256 of the evidence", or_none(evidence.sha256.clone())),
    ];
    writeln!(page, "<h2>The run</h2>\n<table>")?;
    for (name, value) in rows {
        writeln!(page, "<tr><th>{name}</th><td>{}</td></tr>", Safe(value))?;
    }
    Ok(writeln!(page, "</table>")?)
}

fn remarks(head: &RunHead, page: &mut impl Write) -> Result<(), ReportError> {
    let check = head.evidence.circumstances.as_ref().map(|circumstances| &circumstances.cross_check);
    let disagreements = check.iter().flat_map(|check| check.disagreements.iter().cloned());
    let untold =
        check.and_then(|check| check.untold.as_ref()).map(|why| format!("AWS was not asked for its reading of the pattern: {why}"));
    let gaps = head.evidence.gaps.iter().map(|gap| format!("The queue was not read from {} to {}: {}", gap.from, gap.to, gap.why));
    let told: Vec<String> = head.drift.iter().cloned().chain(disagreements).chain(untold).chain(gaps).collect();
    if told.is_empty() {
        return Ok(());
    }
    writeln!(page, "<h2>To be known</h2>\n<ul>")?;
    for sentence in told {
        writeln!(page, "<li>{}</li>", Safe(sentence))?;
    }
    Ok(writeln!(page, "</ul>")?)
}

/// Writes a row per event; answers the events whose envelopes are to be printed.
fn events(source: &Source<'_>, page: &mut impl Write) -> Result<Vec<u32>, ReportError> {
    writeln!(
        page,
        "<h2>Events</h2>\n<table>\n<tr><th>#</th><th>Event</th><th>Incident</th><th>Expected</th><th>Verdict</th><th>Sent</th><th>Accepted after</th><th>Read after</th><th>Copies</th><th>Why</th></tr>"
    )?;
    let (mut wrong, mut right) = (Vec::new(), Vec::new());
    source.each(|event| {
        let of = if is_right(&event) { &mut right } else { &mut wrong };
        if of.len() < WITH_ENVELOPES {
            of.push(event.entry);
        }
        row(&event, page)
    })?;
    writeln!(page, "</table>")?;
    let mut chosen: Vec<u32> = wrong.into_iter().chain(right).take(WITH_ENVELOPES).collect();
    chosen.sort_unstable();
    Ok(chosen)
}

fn is_right(event: &EventReport) -> bool {
    event.judgement.verdict.fulfils(event.expectation)
}

fn row(event: &EventReport, page: &mut impl Write) -> Result<(), ReportError> {
    let judgement = &event.judgement;
    let class = match judgement.verdict {
        _ if is_right(event) => "good",
        Verdict::Unknown | Verdict::Waiting | Verdict::NotSent => "unsure",
        _ => "bad",
    };
    let text = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let after =
        |at: Option<Timestamp>| at.zip(event.published_at).map(|(at, left)| format!("{} ms", at.millis_since(left))).unwrap_or_default();
    let expected = if event.expectation.must_arrive() { "must arrive" } else { "must not arrive" };
    let reason = judgement.reason.as_deref().unwrap_or_default();
    writeln!(
        page,
        "<tr><td class=\"number\">{}</td><td>{}</td><td>{}</td><td>{expected}</td><td class=\"{class}\">{}</td><td>{}</td>\
         <td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td></tr>",
        event.entry + 1,
        Safe(event.event_type),
        Safe(event.incident),
        judgement.verdict.word(),
        text(event.published_at),
        after(event.accepted_at),
        after(judgement.received_at),
        judgement.copies,
        Safe(reason),
    )?;
    Ok(())
}

fn envelopes(source: &Source<'_>, chosen: &[u32], page: &mut impl Write) -> Result<(), ReportError> {
    writeln!(page, "<h2>Envelopes</h2>")?;
    let left_out = source.head().summary.total.saturating_sub(chosen.len() as u64);
    if left_out > 0 {
        writeln!(
            page,
            "<p>Of {left_out} more events the envelopes are kept in Waybill's records and not printed here; those that are not as expected come first.</p>"
        )?;
    }
    for entry in chosen {
        if let Some(record) = source.record(*entry)? {
            envelope(&record, page)?;
        }
    }
    Ok(())
}

fn envelope(record: &DeliveryRecord, page: &mut impl Write) -> Result<(), ReportError> {
    let report = &record.entry.report;
    let number = report.entry + 1;
    writeln!(page, "<h3>{number}. {} of incident {}</h3>", Safe(report.event_type), Safe(report.incident))?;
    let request = report.request_id.as_deref().unwrap_or("not known");
    let event_id = report.event_id.as_deref();
    writeln!(page, "<p>Event id {}, request id {}. Sent:</p>", Safe(event_id.unwrap_or("not known")), Safe(request))?;
    writeln!(page, "<pre>{}</pre>", Safe(record.outgoing.envelope(event_id.unwrap_or_default())))?;
    for arrival in &record.arrivals {
        let (id, at) = (Safe(&arrival.message_id), arrival.copy.at);
        writeln!(page, "<p>Received as message {id} at {at}:</p>\n<pre>{}</pre>", Safe(&arrival.body))?;
    }
    Ok(())
}

fn chain(head: &RunHead, page: &mut impl Write) -> Result<(), ReportError> {
    let Some(circumstances) = &head.evidence.circumstances else { return Ok(()) };
    writeln!(page, "<h2>The chain when the run began</h2>")?;
    let (account, region) = (Safe(&circumstances.account), Safe(&circumstances.region));
    writeln!(page, "<p>Account {account}, region {region}.</p>")?;
    if let Some(why) = &circumstances.unread {
        writeln!(page, "<p>It could not be read: {}</p>", Safe(why))?;
    }
    for part in &circumstances.parts {
        self::part(part, page)?;
    }
    writeln!(page, "<h3>Recorded event pattern</h3>\n<pre>{}</pre>", Safe(&circumstances.recorded_pattern))?;
    Ok(())
}

fn part(part: &ChainPart, page: &mut impl Write) -> Result<(), ReportError> {
    writeln!(page, "<h3>{} {}: {}</h3>", Safe(&part.kind), Safe(&part.name), Safe(&part.state))?;
    if let Some(arn) = &part.arn {
        writeln!(page, "<p class=\"hash\">{}</p>", Safe(arn))?;
    }
    for document in &part.documents {
        writeln!(page, "<p>{}:</p>\n<pre>{}</pre>", Safe(&document.name), Safe(&document.text))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_and_never_read_as_markup() {
        assert_eq!(Safe("<b>\"a\" & 'b'</b>").to_string(), "&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;");
    }

    #[test]
    fn the_last_line_names_a_hash() {
        let line = format!("{HASH_BEGIN}{}{HASH_END}", "a".repeat(64));
        assert_eq!((line.len(), hash_in(&line)), (END_BYTES, Some("a".repeat(64).as_str())));
        assert_eq!(hash_in(&line[1..]), None);
    }
}
