//! How hard a field's wildcards make matching, by event-ruler's measure.
//!
//! The measure is the largest number of wildcard prefixes that one input can match at the same time. EventBridge does
//! not publish its limit. It is known to refuse `*:*:*:*:*:event-bus/*` (11) and four of the form `*:stack/a/*` on one
//! field (12), and to accept three of those (9).

use std::collections::{BTreeSet, HashSet};

use super::{Condition, Wildcard};

/// Largest measure that is accepted.
const MAX_PREFIXES: usize = 10;

/// Most different situations that are looked at; what has more is refused as too complex.
const MAX_SITUATIONS: usize = 10_000;

/// One byte of an expression, or a star.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Byte(u8),
    Star,
}

/// A prefix of an expression that input can have matched.
struct Prefix {
    /// The prefixes that share a place in AWS's machine have the same number here.
    place: usize,
    /// What follows; none at the end.
    next: Option<Step>,
    ends_with_star: bool,
}

/// Prefixes that one input matches at the same time, by index.
type Situation = BTreeSet<usize>;

/// Whether the wildcards of one field are together too complex.
pub(crate) fn too_complex(conditions: &[Condition]) -> bool {
    if conditions.iter().all(|condition| condition.wildcards().is_empty()) {
        return false;
    }
    let (prefixes, start) = prefixes_of(conditions);
    let bytes: BTreeSet<Option<u8>> = prefixes.iter().map(literal).collect();
    let mut seen = HashSet::from([start.clone()]);
    let mut pending = vec![start];
    while let Some(situation) = pending.pop() {
        for &byte in &bytes {
            let after = advance(&prefixes, &situation, byte);
            let places: BTreeSet<usize> = after.iter().map(|&index| prefixes[index].place).collect();
            if places.len() > MAX_PREFIXES || seen.len() > MAX_SITUATIONS {
                return true;
            }
            if !after.is_empty() && seen.insert(after.clone()) {
                pending.push(after);
            }
        }
    }
    false
}

fn literal(prefix: &Prefix) -> Option<u8> {
    match prefix.next {
        Some(Step::Byte(byte)) => Some(byte),
        _ => None,
    }
}

/// What is matched behind one more byte; `None` stands for any byte that no expression names.
fn advance(prefixes: &[Prefix], situation: &Situation, byte: Option<u8>) -> Situation {
    let mut after = Situation::new();
    for &index in situation {
        let prefix = &prefixes[index];
        if prefix.ends_with_star {
            after.insert(index);
        }
        if byte.is_some() && literal(prefix) == byte {
            add(prefixes, &mut after, index + 1);
        }
    }
    after
}

/// Adds a prefix, and the star behind it, which may stand for nothing.
fn add(prefixes: &[Prefix], situation: &mut Situation, index: usize) {
    situation.insert(index);
    if prefixes[index].next == Some(Step::Star) {
        situation.insert(index + 1);
    }
}

/// Lists the prefixes of all expressions, and those that the empty input matches.
fn prefixes_of(conditions: &[Condition]) -> (Vec<Prefix>, Situation) {
    let (mut prefixes, mut start) = (Vec::new(), Situation::new());
    let mut taken: HashSet<&Wildcard> = HashSet::new();
    for condition in conditions {
        let mut shared: Vec<(Vec<Step>, usize)> = Vec::new();
        for wildcard in condition.wildcards() {
            if !taken.insert(wildcard) {
                continue;
            }
            start.insert(prefixes.len());
            add_expression(&mut prefixes, &mut shared, &steps(wildcard));
        }
    }
    (prefixes, start)
}

/// Lists the prefixes of one expression; up to its first star they are shared with others of the same condition.
fn add_expression(prefixes: &mut Vec<Prefix>, shared: &mut Vec<(Vec<Step>, usize)>, steps: &[Step]) {
    let first_star = steps.iter().position(|step| *step == Step::Star).unwrap_or(steps.len());
    for length in 0..=steps.len() {
        let read = &steps[..length];
        let mut place = prefixes.len();
        if length <= first_star + 1 {
            match shared.iter().find(|(other, _)| other == read) {
                Some((_, known)) => place = *known,
                None => shared.push((read.to_vec(), place)),
            }
        }
        prefixes.push(Prefix { place, next: steps.get(length).copied(), ends_with_star: read.last() == Some(&Step::Star) });
    }
}

/// The expression between the quotes that event-ruler compares too.
fn steps(wildcard: &Wildcard) -> Vec<Step> {
    let quote = || std::iter::once(Step::Byte(b'"'));
    let parts = wildcard.parts().iter().enumerate().flat_map(|(index, part)| {
        let star = (index > 0).then_some(Step::Star);
        star.into_iter().chain(part.bytes().map(Step::Byte))
    });
    quote().chain(parts).chain(quote()).collect()
}
