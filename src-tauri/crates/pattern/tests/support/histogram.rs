//! How often each operator and each awkward shape was tried, and how often what it stands in matched.
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::node::Node;
use super::oracle::is_or;

/// What a pattern or an event is made of.
pub type Traits = BTreeSet<String>;

/// An event as far as patterns are told apart by it.
pub struct Shape {
    pub traits: Traits,
    /// The dotted paths of arrays that hold objects.
    arrays: BTreeSet<String>,
}

/// Trait → pairs that matched, pairs that did not.
#[derive(Default)]
pub struct Histogram(BTreeMap<String, (u64, u64)>);

impl Histogram {
    pub fn note<'t>(&mut self, traits: impl Iterator<Item = &'t String>, matched: bool) {
        for name in traits {
            if !self.0.contains_key(name) {
                self.0.insert(name.clone(), (0, 0));
            }
            let (yes, no) = self.0.get_mut(name).unwrap();
            *(if matched { yes } else { no }) += 1;
        }
    }

    /// What was tried too seldom, or matched nearly never or nearly always.
    pub fn lopsided(&self) -> Vec<&str> {
        let all = self.0.values().map(|(yes, no)| yes + no).max().unwrap_or(0);
        let unfair = |(yes, no): &(u64, u64)| (yes + no) * 500 < all || yes * 100 < (yes + no) * 10 || no * 100 < (yes + no) * 10;
        self.0.iter().filter(|(_, counts)| unfair(counts)).map(|(name, _)| name.as_str()).collect()
    }
}

impl fmt::Display for Histogram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<48}{:>12}{:>12}{:>8}", "in the pair", "matches", "does not", "share")?;
        for (name, (yes, no)) in &self.0 {
            writeln!(f, "{name:<48}{yes:>12}{no:>12}{:>6} %", yes * 100 / (yes + no).max(1))?;
        }
        Ok(())
    }
}

/// The operators of a pattern and how it uses names.
pub fn of_pattern(pattern: &str, event: &Shape) -> Traits {
    let mut found = Pattern { traits: Traits::new(), paths: BTreeSet::new(), event };
    found.walk(&Node::read(pattern), "", 0);
    found.traits
}

struct Pattern<'e> {
    traits: Traits,
    paths: BTreeSet<String>,
    event: &'e Shape,
}

impl Pattern<'_> {
    fn walk(&mut self, node: &Node, path: &str, ors: usize) {
        let Node::Object(fields) = node else { return };
        for (name, value) in fields {
            match value {
                Node::Array(members) if name == "$or" && is_or(members) => {
                    self.add(["pattern: $or", "pattern: $or inside $or"][ors.min(1)]);
                    members.iter().for_each(|member| self.walk(member, path, ors + 1));
                }
                Node::Array(conditions) => self.leaf(&format!("{path}{name}"), conditions, ors),
                value => self.walk(value, &format!("{path}{name}."), ors),
            }
            if name.contains('.') {
                self.add("pattern: dotted name");
            }
            if name == "$or" && !matches!(value, Node::Array(members) if is_or(members)) {
                self.add("pattern: $or as a name");
            }
        }
    }

    fn leaf(&mut self, path: &str, conditions: &[Node], ors: usize) {
        if !self.paths.insert(path.to_owned()) && ors == 0 {
            self.add("pattern: a path twice");
        }
        conditions.iter().for_each(|condition| self.add(&operator(condition)));
        let absence = conditions.iter().any(|condition| operator(condition) == "exists false");
        if absence && self.event.arrays.iter().any(|array| path.starts_with(array.as_str())) {
            self.add("pattern: exists false below an array of objects");
        }
    }

    fn add(&mut self, name: &str) {
        self.traits.insert(name.to_owned());
    }
}

fn operator(condition: &Node) -> String {
    let kind = |node: &Node| match node {
        Node::Object(_) => "object",
        Node::Array(_) => "list",
        Node::Text(_) => "text",
        Node::Number(_) => "number",
        Node::Word(_) => "word",
    };
    match condition {
        Node::Object(fields) => match (&fields[0].0[..], &fields[0].1) {
            ("exists", Node::Word(word)) => format!("exists {word}"),
            ("numeric", Node::Array(terms)) if terms.len() > 2 => "numeric range".to_owned(),
            ("numeric", Node::Array(terms)) => format!("numeric {}", if terms[0] == Node::Text("=".to_owned()) { "=" } else { "bound" }),
            (name, Node::Object(inner)) => format!("{name}/{}", inner[0].0),
            (name, Node::Array(items)) => format!("{name} list of {}s", kind(&items[0])),
            (name @ "cidr", Node::Text(block)) => format!("{name} {}", if block.contains(':') { "v6" } else { "v4" }),
            (name @ "wildcard", Node::Text(text)) => format!("{name}{}", if text.contains('\\') { " with an escape" } else { "" }),
            (name, operand) => format!("{name} {}", kind(operand)),
        },
        Node::Word(word) => format!("exactly {word}"),
        other => format!("exactly a {}", kind(other)),
    }
}

/// The awkward sides of an event.
pub fn of_event(event: &str) -> Shape {
    let mut shape = Shape { traits: Traits::new(), arrays: BTreeSet::new() };
    shape.walk(&Node::read(event), "", 0);
    if event.contains('\\') {
        shape.add("event: escapes");
    }
    if event.contains("\\uD8") {
        shape.add("event: escaped surrogates");
    }
    shape
}

impl Shape {
    fn walk(&mut self, node: &Node, path: &str, depth: usize) {
        if depth == 20 {
            self.add("event: deep");
        }
        match node {
            Node::Object(fields) if fields.is_empty() => self.add("event: empty object"),
            Node::Array(items) if items.is_empty() => self.add("event: empty array"),
            Node::Object(fields) => {
                for (at, (name, value)) in fields.iter().enumerate() {
                    if fields[..at].iter().any(|(other, _)| other == name) {
                        self.add("event: a name twice");
                    }
                    if name.contains('.') {
                        self.add("event: dotted name");
                    }
                    self.walk(value, &format!("{path}{name}."), depth + 1);
                }
            }
            Node::Array(items) => {
                if items.iter().any(|item| matches!(item, Node::Array(_))) {
                    self.add("event: array in an array");
                }
                if items.iter().any(|item| matches!(item, Node::Object(_))) {
                    self.add("event: array of objects");
                    self.arrays.insert(path.to_owned());
                }
                items.iter().for_each(|item| self.walk(item, path, depth + 1));
            }
            _ => {}
        }
    }

    fn add(&mut self, name: &str) {
        self.traits.insert(name.to_owned());
    }
}
