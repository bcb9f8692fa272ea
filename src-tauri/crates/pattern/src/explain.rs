use serde::Serialize;
use serde_json::Value;

use crate::condition::Condition;
use crate::event::{Leaves, leaves_of_tree};
use crate::matcher::{Alternative, Field, Looks, fulfilled_together};
use crate::parse::Branch;
use crate::wanted::Wanted;

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

/// An event as its leaves at the paths of one alternative, and the values behind them.
struct Found<'e> {
    leaves: Leaves<'e>,
    values: Vec<&'e Value>,
    object: bool,
}

pub(crate) fn explain(branches: &[Branch], event: &Value) -> Explanation {
    let candidates = branches.iter().map(|branch| explain_branch(branch, event));
    // Of equally good alternatives the first: `max_by_key` would take the last.
    candidates.reduce(closer).unwrap_or(Explanation { matched: false, fields: Vec::new() })
}

fn closer(best: Explanation, next: Explanation) -> Explanation {
    let rank = |explanation: &Explanation| (explanation.matched, explanation.fields.iter().filter(|field| field.matched).count());
    match (best.matched, rank(&next) > rank(&best)) {
        (false, true) => next,
        _ => best,
    }
}

fn explain_branch(branch: &Branch, event: &Value) -> Explanation {
    let mut wanted = Wanted::default();
    let alternative = Alternative::new(branch, &mut wanted);
    let found = match leaves_of_tree(event, &wanted) {
        Some((leaves, values)) => Found { leaves, values, object: true },
        None => Found { leaves: Leaves::new(wanted.fields()), values: Vec::new(), object: false },
    };
    let matched = found.object && alternative.fulfilled_by(&found.leaves);
    let alone = |field: &Field| matched || (found.object && field.fulfilled_alone(&found.leaves));
    let mut outcomes: Vec<_> = alternative.fields.iter().map(|field| outcome(field, alone(field), &found)).collect();
    if !matched && outcomes.iter().all(|outcome| outcome.matched) {
        mark_scattered(&mut outcomes, &alternative, &found.leaves);
    }
    let named = alternative.fields.iter().zip(outcomes).map(|(field, outcome)| (field.path.as_ref(), outcome));
    let mut named: Vec<_> = named.collect();
    named.sort_by_key(|(path, _)| *path);
    Explanation { matched, fields: named.into_iter().map(|(_, outcome)| outcome).collect() }
}

fn outcome(field: &Field, matched: bool, found: &Found<'_>) -> FieldOutcome {
    FieldOutcome {
        path: field.path.to_string(),
        matched,
        wanted: field.conditions.iter().map(Condition::to_string).collect(),
        found: found.leaves.at(field.id).map(|(place, _)| found.values[place as usize].to_string()).collect(),
    }
}

/// Marks the fields that clash with an earlier one over an array element.
fn mark_scattered(outcomes: &mut [FieldOutcome], alternative: &Alternative, leaves: &Leaves<'_>) {
    let mut kept: Vec<&Field> = Vec::new();
    let mut looks = Looks::for_event(leaves.len(), outcomes.len());
    for (outcome, field) in outcomes.iter_mut().zip(&alternative.fields) {
        kept.push(field);
        if !fulfilled_together(kept.iter().copied(), leaves, &mut looks) {
            kept.pop();
            outcome.matched = false;
            outcome.wanted.iter_mut().for_each(|wanted| wanted.push_str(SAME_ELEMENT));
        }
    }
}
