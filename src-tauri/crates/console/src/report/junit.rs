//! The report for continuous integration: JUnit's XML, one test case per event.

use std::io::Write;

use waybill_domain::EventReport;

use super::{ReportError, Source};
use crate::view::EvidenceState;

/// Writes one test case per event, and one more for each thing that makes the whole run not proven.
pub(super) fn write(source: &Source<'_>, out: &mut impl Write) -> Result<(), ReportError> {
    let head = source.head();
    let run = &head.summary;
    let (mut tests, mut failures) = (0u64, 0u64);
    source.each(|event| {
        tests += 1;
        failures += u64::from(!is_fulfilled(&event));
        Ok(())
    })?;
    let whole = of_the_run(source);
    (tests, failures) = (tests + whole.len() as u64, failures + whole.len() as u64);
    let (name, seconds) = (xml(&format!("waybill {}", run.action)), seconds(run.duration_ms.unwrap_or_default()));
    let totals = format!(r#"tests="{tests}" failures="{failures}" errors="0" skipped="0" time="{seconds}""#);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="{name}" {totals}>"#)?;
    let timestamp = run.started_at.to_seconds_string();
    writeln!(out, r#"  <testsuite name="{name}" {totals} timestamp="{}">"#, timestamp.trim_end_matches('Z'))?;
    properties(source, out)?;
    let class = xml(&format!("waybill.{}", run.action));
    source.each(|event| {
        let name = xml(&format!("{} of incident {}", event.event_type, event.incident));
        let took = self::seconds(event.judgement.latency_ms.unwrap_or_default());
        match is_fulfilled(&event) {
            true => writeln!(out, r#"    <testcase classname="{class}" name="{name}" time="{took}"/>"#)?,
            false => failed(out, (&class, &name, &took), event.judgement.verdict.as_str(), &told(&event))?,
        }
        Ok(())
    })?;
    for (kind, why) in &whole {
        failed(out, (&class, "the run as a whole", "0.000"), kind, why)?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")?;
    Ok(())
}

fn properties(source: &Source<'_>, out: &mut impl Write) -> Result<(), ReportError> {
    let head = source.head();
    let run = &head.summary;
    writeln!(out, "    <properties>")?;
    let proven = if run.proven { "true" } else { "false" };
    let of = [
        ("run_id", run.run_id.as_str()),
        ("connection", &run.connection),
        ("mode", &run.mode),
        ("state", &run.state),
        ("proven", proven),
        ("evidence_sha256", head.evidence.sha256.as_deref().unwrap_or_default()),
    ];
    for (name, value) in of {
        writeln!(out, r#"      <property name="{name}" value="{}"/>"#, xml(value))?;
    }
    Ok(writeln!(out, "    </properties>")?)
}

/// What makes the run not proven although its events may all be as expected.
fn of_the_run(source: &Source<'_>) -> Vec<(&'static str, String)> {
    let head = source.head();
    let mut found = Vec::new();
    if head.evidence.state == EvidenceState::Altered {
        found.push(("altered", "the records of the run were altered after it was closed".to_owned()));
    }
    let gaps = head.evidence.gaps.iter().map(|gap| format!("{} to {}: {}", gap.from, gap.to, gap.why)).collect::<Vec<_>>();
    if !gaps.is_empty() {
        found.push(("gap", format!("the queue was not read all the time: {}", gaps.join("; "))));
    }
    if head.summary.closed_at.is_none() {
        found.push(("open", format!("the run is {}", head.summary.state)));
    }
    found
}

fn is_fulfilled(event: &EventReport) -> bool {
    event.judgement.verdict.fulfils(event.expectation)
}

fn told(event: &EventReport) -> String {
    let verdict = event.judgement.verdict.word();
    event.judgement.reason.as_ref().map_or_else(|| verdict.to_owned(), |why| format!("{verdict}: {why}"))
}

fn failed(out: &mut impl Write, case: (&str, &str, &str), kind: &str, why: &str) -> Result<(), ReportError> {
    let (class, name, took) = case;
    let (kind, why) = (xml(kind), xml(why));
    writeln!(out, r#"    <testcase classname="{class}" name="{name}" time="{took}">"#)?;
    writeln!(out, r#"      <failure message="{why}" type="{kind}">{why}</failure>"#)?;
    Ok(writeln!(out, "    </testcase>")?)
}

fn seconds(millis: i64) -> String {
    format!("{}.{:03}", millis / 1000, millis.rem_euclid(1000))
}

/// Text in XML 1.0, between tags or in an attribute; characters that XML cannot carry become a replacement.
fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\r' | '\t' => escaped.push_str(&format!("&#{};", u32::from(c))),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_end_its_attribute_or_break_the_document() {
        assert_eq!(xml("a<b & \"c\">\u{1}\n"), "a&lt;b &amp; &quot;c&quot;&gt;\u{fffd}&#10;");
        assert_eq!((seconds(0), seconds(1234), seconds(60_005)), ("0.000".into(), "1.234".into(), "60.005".into()));
    }
}
