//! Input transformers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::path::Path;
use super::{Arriving, InputError};
use crate::events::target::InputTransformer;

/// A compiled `InputTransformer`.
#[derive(Debug, Clone)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    Text(String),
    Slot {
        value: Slot,
        /// Inside a JSON string: the value is written as text.
        quoted: bool,
    },
}

#[derive(Debug, Clone)]
enum Slot {
    At(Path),
    RuleArn,
    RuleName,
    IngestionTime,
    Event,
    EventJson,
}

impl Template {
    pub(super) fn compile(transformer: &InputTransformer, id: &str) -> Result<Self, InputError> {
        let mut paths = BTreeMap::new();
        for (name, path) in &transformer.input_paths_map {
            let path = Path::parse(path).ok_or_else(|| InputError::Path { id: id.to_owned() })?;
            paths.insert(name.as_str(), path);
        }
        let mut pieces = Vec::new();
        let mut quoted = false;
        let mut rest = transformer.input_template.as_str();
        while let Some((before, name, after)) = next_placeholder(rest) {
            quoted ^= ends_in_other_quotes(before);
            pieces.push(Piece::Text(before.to_owned()));
            let value = slot(name, &paths).ok_or_else(|| InputError::Placeholder { id: id.to_owned(), placeholder: name.to_owned() })?;
            pieces.push(Piece::Slot { value, quoted });
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self(pieces))
    }

    pub(super) fn fill(&self, event: &Arriving<'_>) -> String {
        let mut out = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Slot { value, quoted: false } => out.push_str(&json_of(value, event)),
                Piece::Slot { value, quoted: true } => out.push_str(&inside_quotes(&json_of(value, event))),
            }
        }
        out
    }
}

/// (text before, name, text after) of the next `<name>`.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let in_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    text.match_indices('<').find_map(|(at, _)| {
        let (name, after) = text[at + 1..].split_once('>')?;
        (!name.is_empty() && name.chars().all(in_name)).then(|| (&text[..at], name, after))
    })
}

/// Whether an odd number of unescaped quotes stands in the text.
fn ends_in_other_quotes(text: &str) -> bool {
    let mut odd = false;
    let mut escaped = false;
    for byte in text.bytes() {
        odd ^= byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
    }
    odd
}

fn slot(name: &str, paths: &BTreeMap<&str, Path>) -> Option<Slot> {
    Some(match name {
        "aws.events.rule-arn" => Slot::RuleArn,
        "aws.events.rule-name" => Slot::RuleName,
        "aws.events.event.ingestion-time" => Slot::IngestionTime,
        "aws.events.event" => Slot::Event,
        "aws.events.event.json" => Slot::EventJson,
        _ => Slot::At(paths.get(name)?.clone()),
    })
}

/// The slot's JSON text; a path that leads nowhere gives the empty string.
fn json_of(slot: &Slot, event: &Arriving<'_>) -> String {
    let text = |text: &str| Value::from(text).to_string();
    match slot {
        Slot::At(path) => path.find(event.envelope).unwrap_or("\"\"").to_owned(),
        Slot::RuleArn => text(event.rule_arn),
        Slot::RuleName => text(event.rule_name),
        Slot::IngestionTime => text(&Timestamp::from_millisecond(event.ingested_ms).unwrap_or(Timestamp::UNIX_EPOCH).to_string()),
        Slot::Event => without_detail(event.envelope),
        Slot::EventJson => event.envelope.to_owned(),
    }
}

/// AWS leaves the detail out and writes `detailType` here (seen by LocalStack's recorded tests).
fn without_detail(envelope: &str) -> String {
    let mut members: Map<String, Value> = serde_json::from_str(envelope).unwrap_or_default();
    members.remove("detail");
    if let Some(detail_type) = members.remove("detail-type") {
        members.insert("detailType".into(), detail_type);
    }
    Value::Object(members).to_string()
}

/// A string without its quotes; an object or list without any, so that the string around it stays one (user guide,
/// eb-transform-target-input: "`EventBridge` removes any internal quotes to ensure a valid string").
fn inside_quotes(json: &str) -> String {
    match json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(text) => text.to_owned(),
        None => json.replace("\\\"", "").replace('"', ""),
    }
}
