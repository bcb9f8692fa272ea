//! Array elements that go together.
//!
//! Each array is settled on one element by the first path that needs it; later paths see only their values inside it.
//! Paths that share no array do not disturb each other, so they are decided apart. That keeps the effort in proportion
//! to the event. Only where one event spells an array both dotted and nested can a path choose between arrays, and many
//! such paths together make a puzzle without a quick answer: there the effort is limited, and what is not found within
//! the limit does not match.

use std::collections::{BTreeMap, HashMap};

use crate::event::Element;

/// How many values may be looked at to find elements that go together.
#[derive(Debug)]
pub(crate) struct Looks(usize);

impl Looks {
    /// Enough for every event without choices between arrays, however large, and for some hundred such choices.
    pub(crate) fn for_event(leaves: usize, fields: usize) -> Self {
        Self(50_000 + (64 + fields) * leaves)
    }

    /// Takes some; none are left when there are fewer.
    fn take(&mut self, looks: usize) -> bool {
        self.0 = self.0.saturating_sub(looks);
        self.0 > 0
    }
}

/// A value of a path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    /// The array elements around it that are not settled yet, outermost first.
    pub(super) chain: &'a [Element],
    /// Whether the path is content with this value.
    pub(super) accepted: bool,
}

/// A path that is not decided yet.
#[derive(Debug, Clone, Default)]
struct Item<'a> {
    /// Its values inside arrays, in the order of the event: those of one element lie together, and arrays with larger
    /// numbers come later.
    spots: Vec<Spot<'a>>,
    /// Whether it has values outside of arrays, and accepts one of them.
    free: Option<bool>,
    may_be_absent: bool,
}

/// What an item says before the next array is settled.
#[derive(PartialEq)]
enum Verdict {
    Done,
    Open,
    Failed,
}

/// Whether every path, in the order of time, gets a value it accepts, or none where it may be absent, without using two
/// elements of one array.
pub(super) fn consistent<'a>(paths: impl Iterator<Item = (Vec<Spot<'a>>, bool)>, looks: &mut Looks) -> bool {
    let item = |(spots, may_be_absent): (Vec<Spot<'a>>, bool)| {
        let mut item = Item { may_be_absent, ..Item::default() };
        spots.into_iter().for_each(|spot| item.add(spot));
        item
    };
    solve(paths.map(item).collect(), looks)
}

fn solve(mut items: Vec<Item<'_>>, looks: &mut Looks) -> bool {
    let mut absences = items.iter().filter(|item| item.may_be_absent).count();
    let mut failed = false;
    items.retain_mut(|item| {
        absences -= usize::from(item.may_be_absent);
        let verdict = item.settle(absences > 0);
        failed |= verdict == Verdict::Failed;
        verdict == Verdict::Open
    });
    !failed && components(items).into_iter().all(|component| solve_component(component, looks))
}

impl<'a> Item<'a> {
    fn add(&mut self, spot: Spot<'a>) {
        match spot.chain {
            [] => self.free = Some(spot.accepted || self.free == Some(true)),
            _ => self.spots.push(spot),
        }
    }

    /// Decides what can be decided; `matters` says whether a later path may be absent, so that settling on an element
    /// for this one could help it.
    fn settle(&mut self, matters: bool) -> Verdict {
        if self.free.is_some() {
            self.may_be_absent = false;
        }
        if self.may_be_absent {
            return if self.spots.is_empty() { Verdict::Done } else { Verdict::Open };
        }
        self.spots.retain(|spot| spot.accepted);
        match self.free {
            Some(true) if !matters || self.spots.is_empty() => Verdict::Done,
            _ if self.spots.is_empty() => Verdict::Failed,
            _ => Verdict::Open,
        }
    }

    /// The item once an array is settled on an element.
    fn within(&self, element: Element) -> Self {
        let at = |from: Element| self.spots.partition_point(|spot| spot.chain[0] < from);
        let (array, index) = element;
        let (start, end) = (at((array, 0)), at((array + 1, 0)));
        let (first, last) = (at(element), at((array, index.saturating_add(1))));
        let mut item = Self { spots: self.spots[..start].to_vec(), ..*self };
        self.spots[first..last].iter().for_each(|spot| item.add(spot.inside()));
        item.spots.extend_from_slice(&self.spots[end..]);
        item
    }

    /// The arrays that the item could need next.
    fn arrays(&self) -> impl Iterator<Item = u32> {
        self.spots.chunk_by(|a, b| a.chain[0].0 == b.chain[0].0).map(|spots| spots[0].chain[0].0)
    }
}

impl Spot<'_> {
    fn inside(&self) -> Self {
        Self { chain: &self.chain[1..], accepted: self.accepted }
    }
}

/// Parts the items into groups that share no array; each keeps the order of time.
fn components(items: Vec<Item<'_>>) -> Vec<Vec<Item<'_>>> {
    let mut groups: Vec<usize> = (0..items.len()).collect();
    let mut owner_of_array: HashMap<u32, usize> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        for array in item.arrays() {
            let (one, other) = (representative(&mut groups, *owner_of_array.entry(array).or_insert(at)), representative(&mut groups, at));
            groups[one.max(other)] = one.min(other);
        }
    }
    let mut parts: BTreeMap<usize, Vec<Item<'_>>> = BTreeMap::new();
    for (at, item) in items.into_iter().enumerate() {
        parts.entry(representative(&mut groups, at)).or_default().push(item);
    }
    parts.into_values().collect()
}

/// The first item of the group that an item belongs to.
fn representative(groups: &mut [usize], mut at: usize) -> usize {
    while groups[at] != at {
        groups[at] = groups[groups[at]];
        at = groups[at];
    }
    at
}

/// Decides items that share arrays: the first, which has values and is thus not absent, settles one.
fn solve_component(items: Vec<Item<'_>>, looks: &mut Looks) -> bool {
    let Some((first, others)) = items.split_first() else { return true };
    if first.free == Some(true) && solve(others.to_vec(), looks) {
        return true;
    }
    let accepted: Vec<_> = first.spots.iter().filter(|spot| spot.accepted).collect();
    accepted.chunk_by(|a, b| a.chain[0] == b.chain[0]).any(|spots| {
        let element = spots[0].chain[0];
        let mut settled = Item::default();
        spots.iter().for_each(|spot| settled.add(spot.inside()));
        let mut all = vec![settled];
        all.extend(others.iter().map(|item| item.within(element)));
        looks.take(all.iter().map(|item| 1 + item.spots.len()).sum()) && solve(all, looks)
    })
}
