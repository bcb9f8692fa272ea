//! Events as the leaf values that some pattern asks for.

mod read;
mod scalar;
mod text;
mod tree;

pub(crate) use read::with_leaves;
pub(crate) use scalar::{Number, Scalar};
use text::{Setback, leaves_of_text};
pub(crate) use tree::leaves_of_tree;

use crate::wanted::FieldId;

/// An element of an array: which array of the event, and which index.
pub(crate) type Element = (u32, u32);

const NONE: u32 = u32::MAX;

/// Most array elements that are kept, each as often as values lie in it (32 MiB). An event of a megabyte gets there only
/// with arrays nested hundreds deep; AWS documents no such limit.
const MAX_ELEMENTS: usize = 4 << 20;

/// A leaf value; its place is kept by `Leaves`.
#[derive(Debug)]
pub(crate) struct Leaf<'e> {
    pub(crate) value: Scalar<'e>,
    /// Where the array elements that it lies in are kept.
    chain: (u32, u32),
    /// The next leaf of the same field.
    next: u32,
}

/// The leaf values of an event at the wanted paths, each with the array elements that it lies in.
///
/// A scalar that is itself an array element does not count as lying in that element: `{"a": ["x", "y"]}` has two values
/// at `a` that go together with everything. Objects and empty arrays leave no trace, so a path that names one has no
/// value.
#[derive(Debug)]
pub(crate) struct Leaves<'e> {
    leaves: Vec<Leaf<'e>>,
    /// First and last leaf of each field.
    ends: Vec<(u32, u32)>,
    elements: Vec<Element>,
    arrays: u32,
}

impl<'e> Leaves<'e> {
    /// No leaves yet, for so many fields.
    pub(crate) fn new(fields: usize) -> Self {
        Self { leaves: Vec::with_capacity(fields.min(32)), ends: vec![(NONE, NONE); fields], elements: Vec::new(), arrays: 0 }
    }

    /// A number for an array that was not met before; numbers grow in the order of the event.
    pub(crate) fn new_array(&mut self) -> u32 {
        self.arrays += 1;
        self.arrays - 1
    }

    /// Makes room for a value found inside these array elements, outermost first; values come in the order of the event.
    ///
    /// Whoever found the value writes it into its place, as handing it over in memory would cost more than all of this.
    #[inline]
    pub(crate) fn place(&mut self, field: FieldId, chain: &[Element]) -> &mut Scalar<'e> {
        let at = index(self.leaves.len());
        let chain = if chain.is_empty() { (0, 0) } else { self.keep(chain) };
        self.leaves.push(Leaf { value: Scalar::Null, chain, next: NONE });
        let (first, last) = &mut self.ends[field.index()];
        match *last {
            NONE => *first = at,
            last => self.leaves[last as usize].next = at,
        }
        *last = at;
        &mut self.leaves[at as usize].value
    }

    /// Keeps array elements, which are often those of the leaf before.
    fn keep(&mut self, chain: &[Element]) -> (u32, u32) {
        if let Some(last) = self.leaves.last().filter(|last| self.chain(last) == chain) {
            return last.chain;
        }
        let start = index(self.elements.len());
        self.elements.extend_from_slice(chain);
        (start, index(self.elements.len()))
    }

    /// Whether there are more array elements around the leaves than are kept.
    pub(crate) fn overflow(&self) -> bool {
        self.elements.len() > MAX_ELEMENTS
    }

    /// How many leaves there are.
    pub(crate) fn len(&self) -> usize {
        self.leaves.len()
    }

    /// The leaves of a field with their places among all leaves, in the order of the event.
    pub(crate) fn at(&self, field: FieldId) -> impl Iterator<Item = (u32, &Leaf<'e>)> {
        let leaf = |at: u32| self.leaves.get(at as usize).map(|leaf| (at, leaf));
        std::iter::successors(leaf(self.ends[field.index()].0), move |(_, last)| leaf(last.next))
    }

    /// The leaf at a place.
    pub(crate) fn get(&self, place: u32) -> &Leaf<'e> {
        &self.leaves[place as usize]
    }

    /// The array elements that a leaf lies in, outermost first.
    pub(crate) fn chain(&self, leaf: &Leaf<'e>) -> &[Element] {
        &self.elements[leaf.chain.0 as usize..leaf.chain.1 as usize]
    }
}

fn index(length: usize) -> u32 {
    u32::try_from(length).expect("an event is shorter than 4 GiB")
}
