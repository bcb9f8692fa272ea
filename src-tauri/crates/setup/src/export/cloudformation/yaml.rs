//! YAML with CloudFormation's short tags. Texts are always quoted, so that none is read as something else.

use serde_json::Value;

use crate::export::holes::{Hole, Holes, Piece};

/// A node of the template.
pub(super) enum Node {
    /// A scalar, already written.
    Scalar(String),
    /// Keys, already written, with their nodes.
    Map(Vec<(String, Node)>),
    /// A list.
    List(Vec<Node>),
}

/// Makes nodes.
pub(super) struct Yaml<'a> {
    pub(super) holes: Holes<'a>,
    /// ARNs of what the template makes, each with the name of its resource.
    pub(super) known: Vec<(String, &'static str)>,
}

impl Yaml<'_> {
    /// A text, with CloudFormation's own parameters in it.
    pub(super) fn text(&self, text: &str) -> Node {
        Node::Scalar(match self.known.iter().find(|(arn, _)| arn == text) {
            Some((_, resource)) => format!("!GetAtt {resource}.Arn"),
            None => self.scalar(text),
        })
    }

    fn scalar(&self, text: &str) -> String {
        let pieces = self.holes.split(text);
        match pieces.as_slice() {
            [Piece::Hole(hole)] => format!("!Ref {}", parameter(*hole)),
            [] | [Piece::Literal(_)] => quoted(text),
            // What Sub takes for a variable of its own cannot be written in it.
            pieces if text.contains('$') => format!("!Join [\"\", [{}]]", pieces.iter().map(joined).collect::<Vec<_>>().join(", ")),
            pieces => format!("!Sub {}", quoted(&pieces.iter().map(substituted).collect::<String>())),
        }
    }

    /// A JSON value.
    pub(super) fn value(&self, value: &Value) -> Node {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(list) => Node::List(list.iter().map(|one| self.value(one)).collect()),
            Value::Object(fields) => Node::Map(fields.iter().map(|(key, value)| (quoted(key), self.value(value))).collect()),
            plain => Node::Scalar(plain.to_string()),
        }
    }
}

impl Node {
    /// Something that needs no quotes: a number, a truth value, or a word of CloudFormation's.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::Scalar(text.into())
    }

    /// A map with keys of CloudFormation's.
    pub(super) fn map<'k>(fields: impl IntoIterator<Item = (&'k str, Self)>) -> Self {
        Self::Map(fields.into_iter().map(|(key, node)| (key.to_owned(), node)).collect())
    }

    /// The node's lines, indented by `depth`.
    pub(super) fn write(&self, depth: usize) -> String {
        let indent = "  ".repeat(depth);
        match self {
            Self::Scalar(text) => format!("{indent}{text}\n"),
            Self::Map(fields) => fields.iter().map(|(key, node)| format!("{indent}{key}:{}", node.behind(depth))).collect(),
            Self::List(list) => list.iter().map(|node| format!("{indent}-{}", node.in_list(depth))).collect(),
        }
    }

    /// The node behind a key.
    fn behind(&self, depth: usize) -> String {
        match self {
            Self::Scalar(text) => format!(" {text}\n"),
            Self::Map(fields) if fields.is_empty() => " {}\n".to_owned(),
            Self::List(list) if list.is_empty() => " []\n".to_owned(),
            inner => format!("\n{}", inner.write(depth + 1)),
        }
    }

    /// The node behind a list's dash: its first line stands beside it.
    fn in_list(&self, depth: usize) -> String {
        match self {
            Self::Map(fields) if !fields.is_empty() => format!(" {}", self.write(depth + 1).trim_start()),
            Self::List(list) if !list.is_empty() => format!(" {}", self.write(depth + 1).trim_start()),
            other => other.behind(depth),
        }
    }
}

const fn parameter(hole: Hole) -> &'static str {
    match hole {
        Hole::Account => "AWS::AccountId",
        Hole::Region => "AWS::Region",
        Hole::Source => "EventSourceName",
    }
}

fn substituted(piece: &Piece<'_>) -> String {
    match piece {
        Piece::Literal(text) => (*text).to_owned(),
        Piece::Hole(hole) => format!("${{{}}}", parameter(*hole)),
    }
}

fn joined(piece: &Piece<'_>) -> String {
    match piece {
        Piece::Literal(text) => quoted(text),
        Piece::Hole(hole) => format!("!Ref {}", parameter(*hole)),
    }
}

/// A double-quoted scalar (YAML 1.2, section 7.3.1), plain ASCII apart from letters and digits.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            ' '..='~' => out.push(c),
            c if c.is_alphanumeric() => out.push(c),
            c if u32::from(c) > 0xffff => out.push_str(&format!("\\U{:08x}", u32::from(c))),
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out + "\""
}
