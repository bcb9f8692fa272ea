use crate::event::{Element, Leaves};

/// Most leaves that are tried before the question is left to the slower way that always ends.
const MAX_TRIES: usize = 2_000;

/// Whether one leaf can be taken for each path so that no array is used with two different elements; none when that takes
/// too long to find out.
///
/// Paths that may be absent have no place here: their order would matter.
pub(super) fn agree<'a>(paths: impl Iterator<Item = &'a [u32]>, leaves: &Leaves<'_>) -> Option<bool> {
    let mut paths: Vec<&[u32]> = paths.collect();
    paths.sort_by_key(|places| places.len());
    Search { leaves, taken: Vec::with_capacity(paths.len()), tries: MAX_TRIES }.find(&paths)
}

struct Search<'l, 'e> {
    leaves: &'l Leaves<'e>,
    taken: Vec<&'l [Element]>,
    tries: usize,
}

impl Search<'_, '_> {
    fn find(&mut self, paths: &[&[u32]]) -> Option<bool> {
        let Some((places, rest)) = paths.split_first() else { return Some(true) };
        for place in *places {
            self.tries = self.tries.checked_sub(1)?;
            let chain = self.leaves.chain(self.leaves.get(*place));
            if self.taken.iter().all(|other| compatible(chain, other)) {
                self.taken.push(chain);
                match self.find(rest) {
                    Some(false) => self.taken.pop(),
                    known => return known,
                };
            }
        }
        Some(false)
    }
}

/// Whether two leaves do not lie in different elements of one array.
///
/// Arrays lie inside each other like the branches of a tree, so that where two leaves part, nothing further is shared.
fn compatible(one: &[Element], other: &[Element]) -> bool {
    one.iter().zip(other).find(|(a, b)| a != b).is_none_or(|(a, b)| a.0 != b.0)
}
