use super::AlternativeId;

/// Intervals of numbers, each with an alternative; finds those around a number without looking at the others.
#[derive(Debug, Default)]
pub(super) struct Intervals {
    /// By lower end once compiled: a balanced tree whose root is the middle.
    items: Vec<Interval>,
}

#[derive(Debug)]
struct Interval {
    /// Both ends belong to it.
    low: u128,
    high: u128,
    /// The largest upper end in the part of the tree below, itself included.
    reach: u128,
    id: AlternativeId,
}

impl Intervals {
    pub(super) fn add(&mut self, low: u128, high: u128, id: AlternativeId) {
        self.items.push(Interval { low, high, reach: high, id });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn compile(&mut self) {
        self.items.sort_by_key(|interval| interval.low);
        reach(&mut self.items);
    }

    /// Hands over the alternatives whose intervals hold a number.
    pub(super) fn around(&self, number: u128, found: &mut impl FnMut(AlternativeId)) {
        around(&self.items, number, found);
    }
}

/// Computes how far each part of the tree reaches.
fn reach(items: &mut [Interval]) -> u128 {
    if items.is_empty() {
        return 0;
    }
    let (left, rest) = items.split_at_mut(items.len() / 2);
    let (middle, right) = rest.split_at_mut(1);
    middle[0].reach = middle[0].high.max(reach(left)).max(reach(right));
    middle[0].reach
}

fn around(items: &[Interval], number: u128, found: &mut impl FnMut(AlternativeId)) {
    let (left, rest) = items.split_at(items.len() / 2);
    let Some((middle, right)) = rest.split_first() else { return };
    if middle.reach < number {
        return;
    }
    around(left, number, found);
    if middle.low <= number {
        if middle.high >= number {
            found(middle.id);
        }
        around(right, number, found);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Intervals;

    proptest! {
        #[test]
        fn a_number_finds_the_intervals_around_it(ends in prop::collection::vec((0..20_u128, 0..20_u128), 0..40), number in 0..20_u128) {
            let mut intervals = Intervals::default();
            let ends: Vec<_> = ends.into_iter().map(|(a, b)| (a.min(b), a.max(b))).collect();
            (0..).zip(&ends).for_each(|(id, (low, high))| intervals.add(*low, *high, id));
            intervals.compile();
            let mut found = Vec::new();
            intervals.around(number, &mut |id| found.push(id));
            found.sort_unstable();
            let wanted: Vec<u32> = (0..).zip(&ends).filter(|(_, (low, high))| (*low..=*high).contains(&number)).map(|(id, _)| id).collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
