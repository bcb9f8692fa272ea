//! HCL's native syntax: texts, objects and blocks.

use serde_json::Value;

use crate::export::holes::{Hole, Holes, Piece};

/// Writes values as HCL expressions.
pub(super) struct Hcl<'a> {
    pub(super) holes: Holes<'a>,
    /// ARNs of what the code makes, each with the expression that stands for it.
    pub(super) known: Vec<(String, &'static str)>,
}

/// A block under way.
pub(super) struct Block {
    text: String,
    depth: usize,
}

impl Hcl<'_> {
    /// A text as an expression.
    pub(super) fn text(&self, text: &str) -> String {
        if let Some((_, expression)) = self.known.iter().find(|(arn, _)| arn == text) {
            return (*expression).to_owned();
        }
        match self.holes.split(text).as_slice() {
            [Piece::Hole(hole)] => variable(*hole).to_owned(),
            pieces => format!("\"{}\"", pieces.iter().map(piece).collect::<String>()),
        }
    }

    /// A JSON value as an expression, its inner lines indented by `depth`.
    pub(super) fn value(&self, value: &Value, depth: usize) -> String {
        let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
        match value {
            Value::String(text) => self.text(text),
            Value::Array(list) => format!("[{}]", list.iter().map(|one| self.value(one, depth)).collect::<Vec<_>>().join(", ")),
            Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
            Value::Object(fields) => {
                let lines = fields.iter().map(|(key, value)| format!("{inner}{} = {}\n", quoted(key), self.value(value, depth + 1)));
                format!("{{\n{}{outer}}}", lines.collect::<String>())
            }
            plain => plain.to_string(),
        }
    }
}

/// A text without variables.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

const fn variable(hole: Hole) -> &'static str {
    match hole {
        Hole::Account => "var.account_id",
        Hole::Region => "var.region",
        Hole::Source => "var.event_source",
    }
}

fn piece(piece: &Piece<'_>) -> String {
    match piece {
        Piece::Literal(text) => escaped(text),
        Piece::Hole(hole) => format!("${{{}}}", variable(*hole)),
    }
}

/// A literal within quotes. A dollar or per cent sign that could begin a template, or what follows could make begin one, is escaped.
fn escaped(text: &str) -> String {
    let (mut out, mut chars) = (String::new(), text.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '$' | '%' if chars.peek().is_none_or(|next| matches!(next, '{' | '$' | '%')) => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)))
            }
            ' '..='~' => out.push(c),
            c if c.is_alphanumeric() => out.push(c),
            c if u32::from(c) > 0xffff => out.push_str(&format!("\\U{:08x}", u32::from(c))),
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out
}

impl Block {
    /// Begins a block, for example `resource "aws_sqs_queue" "queue"`.
    pub(super) fn new(head: &str) -> Self {
        Self { text: format!("{head} {{\n"), depth: 1 }
    }

    /// An attribute with its expression.
    pub(super) fn set(&mut self, name: &str, expression: &str) -> &mut Self {
        self.text.push_str(&format!("{}{name} = {expression}\n", "  ".repeat(self.depth)));
        self
    }

    /// A block within, with its attributes.
    pub(super) fn inner(&mut self, name: &str, attributes: &[(&str, String)]) -> &mut Self {
        self.text.push_str(&format!("{}{name} {{\n", "  ".repeat(self.depth)));
        self.depth += 1;
        for (name, expression) in attributes {
            self.set(name, expression);
        }
        self.depth -= 1;
        self.text.push_str(&format!("{}}}\n", "  ".repeat(self.depth)));
        self
    }

    pub(super) fn end(&self) -> String {
        format!("{}}}\n", self.text)
    }
}
