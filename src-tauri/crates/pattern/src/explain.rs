use std::sync::Arc;

use serde::Serialize;

use crate::condition::Condition;
use crate::event::{FlatEvent, Leaf};
use crate::matcher::{absence_accepted, accepted, consistent, fulfils};
use crate::parse::Branch;

/// Why an event matches a pattern, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// Whether the event matches.
    pub matched: bool,
    /// One entry for each field that the pattern names, by path.
    pub fields: Vec<FieldOutcome>,
}

/// What a pattern wants of one field and what the event has there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldOutcome {
    /// The dotted path, such as `detail.priority`.
    pub path: String,
    /// Whether the field fulfils the pattern.
    pub matched: bool,
    /// The conditions in words; one of them has to hold.
    pub wanted: Vec<String>,
    /// The values found, as JSON; empty when the field is absent.
    pub found: Vec<String>,
}

/// Said of fields that match one by one, but in different elements of the same array.
const SAME_ELEMENT: &str = ", in the same array element as the other fields of that array";

pub(crate) fn explain(branches: &[Branch], event: &FlatEvent<'_>) -> Explanation {
    if let Some(branch) = branches.iter().find(|branch| fulfils(branch, event)) {
        return Explanation { matched: true, fields: outcomes(branch, event) };
    }
    let candidates = branches.iter().map(|branch| {
        let mut fields = outcomes(branch, event);
        if !event.is_object() {
            fields.iter_mut().for_each(|field| field.matched = false);
        } else if fields.iter().all(|field| field.matched) {
            mark_scattered(&mut fields, branch, event);
        }
        fields
    });
    // Of equally good alternatives the first: `max_by_key` would take the last.
    let closest = candidates.reduce(|best, next| if matching(&next) > matching(&best) { next } else { best });
    Explanation { matched: false, fields: closest.unwrap_or_default() }
}

fn matching(fields: &[FieldOutcome]) -> usize {
    fields.iter().filter(|field| field.matched).count()
}

fn outcomes(branch: &Branch, event: &FlatEvent<'_>) -> Vec<FieldOutcome> {
    branch.iter().map(|(path, conditions)| outcome(path, conditions, event.at(path))).collect()
}

fn outcome(path: &Arc<str>, conditions: &[Condition], leaves: &[Leaf<'_>]) -> FieldOutcome {
    FieldOutcome {
        path: path.to_string(),
        matched: absence_accepted(conditions, leaves) || !accepted(conditions, leaves).is_empty(),
        wanted: conditions.iter().map(ToString::to_string).collect(),
        found: leaves.iter().map(|leaf| leaf.value.to_string()).collect(),
    }
}

/// Marks the fields that clash with an earlier one over an array element.
fn mark_scattered(fields: &mut [FieldOutcome], branch: &Branch, event: &FlatEvent<'_>) {
    let mut kept = Vec::new();
    for (field, (path, conditions)) in fields.iter_mut().zip(branch) {
        let spots = accepted(conditions, event.at(path));
        if spots.is_empty() {
            continue;
        }
        kept.push(spots);
        if !consistent(kept.clone()) {
            kept.pop();
            field.matched = false;
            field.wanted.iter_mut().for_each(|wanted| wanted.push_str(SAME_ELEMENT));
        }
    }
}
