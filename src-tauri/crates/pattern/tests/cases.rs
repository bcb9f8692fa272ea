//! The table of cases in `cases/`, written from the documents that each case names.
//!
//! A block is `source …`, then patterns. Below `pattern` stand events with `yes` or `no`. `refused once|twice|unplaced`
//! says how often the message names the position, which `¶` marks; `because` is the reason. `refused somehow` leaves the
//! words open, where no document has them.
#![allow(clippy::unwrap_used, missing_docs)]

use waybill_pattern::{Pattern, RuleSet};

const FILES: [(&str, &str); 11] = [
    ("addresses", include_str!("cases/addresses.txt")),
    ("anything_but", include_str!("cases/anything_but.txt")),
    ("arrays", include_str!("cases/arrays.txt")),
    ("either", include_str!("cases/either.txt")),
    ("exists", include_str!("cases/exists.txt")),
    ("names", include_str!("cases/names.txt")),
    ("numbers", include_str!("cases/numbers.txt")),
    ("refused_operators", include_str!("cases/refused_operators.txt")),
    ("refused_structure", include_str!("cases/refused_structure.txt")),
    ("strings", include_str!("cases/strings.txt")),
    ("values", include_str!("cases/values.txt")),
];

#[derive(Default)]
struct Run {
    cases: usize,
    faults: Vec<String>,
    source: String,
    pattern: String,
}

impl Run {
    fn line(&mut self, line: &str, next: Option<&str>) {
        let (word, rest) = line.trim_start().split_once(' ').unwrap_or((line, ""));
        match word {
            "source" => self.source = rest.to_owned(),
            "pattern" => self.pattern = rest.to_owned(),
            "yes" => self.event(rest.trim_start(), true),
            "no" => self.event(rest.trim_start(), false),
            "refused" => self.refused(rest, next.and_then(|line| line.strip_prefix("  because "))),
            "because" | "#" | "" => {}
            other => panic!("unknown word {other} in the table"),
        }
    }

    fn event(&mut self, event: &str, wanted: bool) {
        self.cases += 1;
        assert!(!self.source.is_empty(), "every case names its source");
        let told = match Pattern::parse(&self.pattern) {
            Err(error) => error.to_string(),
            Ok(pattern) => every_way(&pattern, event),
        };
        if told != wanted.to_string() {
            self.faults.push(format!("{}\n  {}\n  {event}\n  wanted {wanted}, got {told}", self.source, self.pattern));
        }
    }

    fn refused(&mut self, rest: &str, reason: Option<&str>) {
        self.cases += 1;
        let (how, marked) = rest.split_once(' ').unwrap();
        let marked = marked.replace('⏎', "\n");
        let pattern = marked.replace('¶', "");
        let told = Pattern::parse(&pattern).map_or_else(|error| error.to_string(), |_| "accepted".to_owned());
        let right = match how {
            "somehow" => told.starts_with("Event pattern is not valid. Reason: "),
            how => told == message(how, &marked, reason.unwrap()),
        };
        if !right {
            self.faults.push(format!("{}\n  {marked}\n  wanted {how}: {reason:?}\n  got {told}", self.source));
        }
    }
}

/// What all ways to ask say: `true`, `false`, or that they do not agree.
fn every_way(pattern: &Pattern, event: &str) -> String {
    let value = serde_json::from_str(event).unwrap();
    let mut rules = RuleSet::new();
    rules.insert("it", pattern.clone());
    let ways = [
        pattern.matches(&value),
        pattern.matches_str(event).unwrap(),
        pattern.explain(&value).matched,
        !rules.matching(&value).is_empty(),
        !rules.matching_str(event).unwrap().is_empty(),
    ];
    if ways.iter().all(|way| *way == ways[0]) { ways[0].to_string() } else { format!("no agreement: {ways:?}") }
}

/// AWS's whole message for a pattern with its position marked.
fn message(how: &str, marked: &str, reason: &str) -> String {
    let head = format!("Event pattern is not valid. Reason: {reason}");
    let Some((before, after)) = marked.split_once('¶') else { return head };
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count() + 1;
    let place = format!("\n at [Source: (String)\"{before}{after}\"; line: {line}, column: {column}]");
    match how {
        "once" => head + &place,
        "twice" => head + &place + &place,
        _ => head,
    }
}

#[test]
fn every_case_of_the_table_is_as_its_document_says() {
    let mut cases = 0;
    let mut faults = Vec::new();
    for (name, text) in FILES {
        let mut run = Run::default();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            run.line(line, lines.peek().copied());
        }
        cases += run.cases;
        faults.extend(run.faults.into_iter().map(|fault| format!("[{name}] {fault}")));
    }
    assert!(faults.is_empty(), "{} of {cases} cases differ:\n{}", faults.len(), faults.join("\n\n"));
    assert!(cases >= 400, "only {cases} cases were read");
}
