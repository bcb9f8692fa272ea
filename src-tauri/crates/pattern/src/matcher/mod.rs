//! Whether an event fulfils one alternative of a pattern.
//!
//! Every path needs a value that one of its conditions accepts, and values that lie in the same array of objects must
//! come from the same element, also in nested arrays. As in event-ruler, paths are decided in the order of Java's
//! strings, and a path is absent when it has no value in the elements that the paths before it have settled on.

mod elements;

use std::sync::Arc;

use crate::condition::Condition;
use crate::event::{Leaf, Leaves};
use crate::parse::Branch;
use crate::wanted::{FieldId, Wanted};

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
enum Standing {
    /// Whatever the other paths do.
    Fulfilled,
    /// As far as array elements go together.
    Depends,
    Failed,
}

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
        let mut dependent = 0;
        for field in &self.fields {
            match field.standing(leaves) {
                Standing::Fulfilled => {}
                Standing::Depends => dependent += 1,
                Standing::Failed => return false,
            }
        }
        match dependent {
            0 => true,
            1 if !self.fields.iter().any(|field| field.may_be_absent) => true,
            _ => fulfilled_together(self.fields.iter(), leaves, &mut Looks::for_event(leaves.len(), self.fields.len())),
        }
    }
}

impl Field {
    /// Whether a condition accepts the value of a leaf.
    pub(crate) fn accepts(&self, leaf: &Leaf<'_>) -> bool {
        self.conditions.iter().any(|condition| condition.accepts(&leaf.value))
    }

    /// Whether the values of this path alone let the alternative through.
    pub(crate) fn fulfilled_alone(&self, leaves: &Leaves<'_>) -> bool {
        !matches!(self.standing(leaves), Standing::Failed)
    }

    fn standing(&self, leaves: &Leaves<'_>) -> Standing {
        let (mut found, mut free, mut accepted) = (false, false, false);
        for leaf in leaves.at(self.id) {
            let (outside, accepts) = (leaves.chain(leaf).is_empty(), self.accepts(leaf));
            if outside && accepts {
                return Standing::Fulfilled;
            }
            found = true;
            free |= outside;
            accepted |= accepts;
        }
        match self.may_be_absent {
            true if !found => Standing::Fulfilled,
            // All its values lie in arrays, perhaps in elements that do not count.
            true if !free => Standing::Depends,
            _ if accepted => Standing::Depends,
            _ => Standing::Failed,
        }
    }
}

/// Whether array elements can be settled on so that all these paths, in their order, are fulfilled.
pub(crate) fn fulfilled_together<'f>(fields: impl Iterator<Item = &'f Field>, leaves: &Leaves<'_>, looks: &mut Looks) -> bool {
    let spots = |field: &'f Field| leaves.at(field.id).map(|leaf| Spot { chain: leaves.chain(leaf), accepted: field.accepts(leaf) });
    consistent(fields.map(|field| (spots(field).collect(), field.may_be_absent)), looks)
}
