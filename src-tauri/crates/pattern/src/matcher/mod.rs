//! Whether an event fulfils one alternative of a pattern.
//!
//! Every path needs a value that one of its conditions accepts, and values that lie in the same array of objects must
//! come from the same element, also in nested arrays. As in event-ruler, paths are decided in the order of Java's
//! strings, and a path is absent when it has no value in the elements that the paths before it have settled on.

mod agreement;
mod elements;

use std::sync::Arc;

use crate::condition::Condition;
use crate::event::{Leaf, Leaves};
use crate::parse::Branch;
use crate::wanted::{FieldId, Wanted};

use agreement::agree;
pub(crate) use elements::Looks;
use elements::{Spot, consistent};

/// One alternative of a pattern, its paths numbered.
#[derive(Debug, Clone)]
pub(crate) struct Alternative {
    pub(crate) fields: Vec<Field>,
}

/// What one path needs.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) id: FieldId,
    pub(crate) path: Arc<str>,
    pub(crate) conditions: Arc<[Condition]>,
    /// Whether no value will do, too.
    pub(crate) may_be_absent: bool,
}

/// How far the values of one path answer the question by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Failed,
    /// Whatever the other paths do.
    Fulfilled,
    /// As far as array elements go together.
    Depends,
}

/// A path whose values lie in arrays: what it needs, and the places of the leaves that it accepts.
pub(crate) type Dependent<'a> = (&'a Field, &'a [u32]);

impl Alternative {
    /// Numbers the paths of an alternative, adding those that are not known yet.
    pub(crate) fn new(branch: &Branch, wanted: &mut Wanted) -> Self {
        let mut named: Vec<_> = branch.iter().collect();
        named.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        let field = |(path, conditions): (&Arc<str>, &Arc<[Condition]>)| Field {
            id: wanted.add(path),
            path: Arc::clone(path),
            conditions: Arc::clone(conditions),
            may_be_absent: conditions.contains(&Condition::Absent),
        };
        Self { fields: named.into_iter().map(field).collect() }
    }

    /// Whether the event fulfils the alternative.
    pub(crate) fn fulfilled_by(&self, leaves: &Leaves<'_>) -> bool {
        let (mut places, mut ends) = (Vec::new(), Vec::new());
        for field in &self.fields {
            let start = places.len();
            match field.standing(leaves, &mut places) {
                Standing::Failed => return false,
                Standing::Fulfilled => {}
                Standing::Depends => ends.push((field, start..places.len())),
            }
        }
        let dependents: Vec<Dependent<'_>> = ends.into_iter().map(|(field, range)| (field, &places[range])).collect();
        fulfilled_if(&dependents, self.fields.iter(), leaves)
    }
}

impl Field {
    /// Whether a condition accepts the value of a leaf.
    fn accepts(&self, leaf: &Leaf<'_>) -> bool {
        self.conditions.iter().any(|condition| condition.accepts(&leaf.value))
    }

    /// Whether the values of this path alone let the alternative through.
    pub(crate) fn fulfilled_alone(&self, leaves: &Leaves<'_>) -> bool {
        self.standing(leaves, &mut Vec::new()) != Standing::Failed
    }

    /// How the path stands; where that depends on others, the places of the leaves that it accepts are added.
    pub(crate) fn standing(&self, leaves: &Leaves<'_>, accepted: &mut Vec<u32>) -> Standing {
        let (mut found, mut free, before) = (false, false, accepted.len());
        for (place, leaf) in leaves.at(self.id) {
            let outside = leaves.chain(leaf).is_empty();
            if self.accepts(leaf) {
                if outside {
                    accepted.truncate(before);
                    return Standing::Fulfilled;
                }
                accepted.push(place);
            }
            found = true;
            free |= outside;
        }
        match self.may_be_absent {
            true if !found => Standing::Fulfilled,
            // All its values lie in arrays, perhaps in elements that do not count.
            true if !free => Standing::Depends,
            _ if accepted.len() > before => Standing::Depends,
            _ => Standing::Failed,
        }
    }
}

/// Whether an alternative is fulfilled that none of its paths has failed: given those that depend on each other, and all
/// of them in their order.
pub(crate) fn fulfilled_if<'f>(dependents: &[Dependent<'_>], all: impl Iterator<Item = &'f Field>, leaves: &Leaves<'_>) -> bool {
    if dependents.iter().any(|(field, _)| field.may_be_absent) {
        return in_order(all, leaves);
    }
    match dependents {
        [] | [_] => true,
        _ => agree(dependents.iter().map(|(_, places)| *places), leaves).unwrap_or_else(|| in_order(all, leaves)),
    }
}

fn in_order<'f>(fields: impl Iterator<Item = &'f Field>, leaves: &Leaves<'_>) -> bool {
    let fields: Vec<&Field> = fields.collect();
    fulfilled_together(fields.iter().copied(), leaves, &mut Looks::for_event(leaves.len(), fields.len()))
}

/// Whether array elements can be settled on so that all these paths, in their order, are fulfilled.
pub(crate) fn fulfilled_together<'f>(fields: impl Iterator<Item = &'f Field>, leaves: &Leaves<'_>, looks: &mut Looks) -> bool {
    let spots = |field: &'f Field| leaves.at(field.id).map(|(_, leaf)| Spot { chain: leaves.chain(leaf), accepted: field.accepts(leaf) });
    consistent(fields.map(|field| (spots(field).collect(), field.may_be_absent)), looks)
}
