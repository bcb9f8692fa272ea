//! Whether an event fulfils one alternative of a pattern.
//!
//! Every path needs a value that one of its conditions accepts, and values that lie in the same array of objects must
//! come from the same element, also in nested arrays.

use serde_json::Value;

use crate::condition::Condition;
use crate::event::{Element, FlatEvent, Leaf};
use crate::parse::Branch;

/// Where the accepted values of one path lie: each a list of array elements, outermost first.
type Spots<'a> = Vec<&'a [Element]>;

/// Whether the event fulfils the alternative.
pub(crate) fn fulfils(branch: &Branch, event: &FlatEvent<'_>) -> bool {
    if !event.is_object() {
        return false;
    }
    let mut constrained = Vec::new();
    for (path, conditions) in branch {
        let leaves = event.at(path);
        if absence_accepted(conditions, leaves) {
            continue;
        }
        let spots = accepted(conditions, leaves);
        if spots.is_empty() {
            return false;
        }
        constrained.push(spots);
    }
    consistent(constrained)
}

/// Whether the path has no value and a condition accepts just that.
pub(crate) fn absence_accepted(conditions: &[Condition], leaves: &[Leaf<'_>]) -> bool {
    leaves.is_empty() && conditions.contains(&Condition::Absent)
}

/// Where the accepted values among the leaves lie.
pub(crate) fn accepted<'a>(conditions: &[Condition], leaves: &'a [Leaf<'_>]) -> Spots<'a> {
    let fits = |value: &Value| conditions.iter().any(|condition| condition.accepts(value));
    leaves.iter().filter(|leaf| fits(leaf.value)).map(|leaf| leaf.elements.as_slice()).collect()
}

/// Whether one spot can be chosen for every path so that no array is used with two different elements.
pub(crate) fn consistent(mut paths: Vec<Spots<'_>>) -> bool {
    paths.retain(|spots| !spots.iter().any(|spot| spot.is_empty()));
    let Some(first) = paths.first() else { return true };
    let arrays = outermost(first);
    if arrays.len() > 1 {
        // Only where dotted and nested names meet: decide which of the arrays serves this path.
        return arrays.iter().any(|array| {
            let mut decided = paths.clone();
            decided[0].retain(|spot| spot[0].0 == *array);
            consistent(decided)
        });
    }
    let Some(&array) = arrays.first() else { return false };
    match split_by_array(paths, array) {
        Ok((together, others)) => one_element_serves(&together) && consistent(others),
        Err(undecided) => consistent(undecided),
    }
}

/// Parts the paths into those that need this array and those that do not.
///
/// A path that could use it or another one is moved to the front to be decided first.
fn split_by_array(mut paths: Vec<Spots<'_>>, array: u32) -> Result<(Vec<Spots<'_>>, Vec<Spots<'_>>), Vec<Spots<'_>>> {
    let undecided = |spots: &Spots<'_>| {
        let arrays = outermost(spots);
        arrays.len() > 1 && arrays.contains(&array)
    };
    if let Some(at) = paths.iter().position(undecided) {
        paths.swap(0, at);
        return Err(paths);
    }
    Ok(paths.into_iter().partition(|spots| spots.iter().any(|spot| spot[0].0 == array)))
}

/// Whether a single element of the array that all these paths lie in serves them all.
fn one_element_serves(paths: &[Spots<'_>]) -> bool {
    let Some(first) = paths.first() else { return true };
    let mut indexes: Vec<u32> = first.iter().map(|spot| spot[0].1).collect();
    indexes.sort_unstable();
    indexes.dedup();
    indexes.into_iter().any(|index| paths.iter().map(|spots| inside(spots, index)).collect::<Option<Vec<_>>>().is_some_and(consistent))
}

/// The spots within one element of their outermost array, seen from inside; none when there is no such spot.
fn inside<'a>(spots: &Spots<'a>, index: u32) -> Option<Spots<'a>> {
    let inner: Vec<_> = spots.iter().filter(|spot| spot[0].1 == index).map(|spot| &spot[1..]).collect();
    (!inner.is_empty()).then_some(inner)
}

fn outermost(spots: &Spots<'_>) -> Vec<u32> {
    let mut arrays: Vec<u32> = spots.iter().map(|spot| spot[0].0).collect();
    arrays.sort_unstable();
    arrays.dedup();
    arrays
}
