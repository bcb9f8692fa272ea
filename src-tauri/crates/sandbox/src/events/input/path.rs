//! JSON paths in dot notation, the only one that targets take.

use std::collections::HashMap;

use serde_json::value::RawValue;

/// `$.detail.tags[0]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path(Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Member(String),
    Element(usize),
}

impl Path {
    /// None where it is no path.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut rest = text.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = step(rest)?;
            steps.push(step);
            rest = after;
        }
        Some(Self(steps))
    }

    /// The JSON text that lies there, as it is written.
    pub(super) fn find<'a>(&self, json: &'a str) -> Option<&'a str> {
        self.0.iter().try_fold(json, |json, step| match step {
            Step::Member(name) => {
                let members: HashMap<String, &'a RawValue> = serde_json::from_str(json).ok()?;
                members.get(name).map(|value| value.get())
            }
            Step::Element(index) => {
                let elements: Vec<&'a RawValue> = serde_json::from_str(json).ok()?;
                elements.get(*index).map(|value| value.get())
            }
        })
    }
}

fn step(text: &str) -> Option<(Step, &str)> {
    if let Some(inner) = text.strip_prefix('[') {
        let (index, after) = inner.split_once(']')?;
        return Some((Step::Element(index.parse().ok()?), after));
    }
    let name = text.strip_prefix('.')?;
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (name, after) = name.split_at(end);
    (!name.is_empty()).then(|| (Step::Member(name.to_owned()), after))
}
