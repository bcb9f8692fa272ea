use std::collections::HashMap;
use std::net::IpAddr;

use foldhash::fast::RandomState;

use super::AlternativeId;
use super::intervals::Intervals;
use super::pieces::{Anchor, Pieces};
use crate::condition::{Bound, Condition, Range, Wildcard, fold, parse_address};
use crate::event::{Number, Scalar};

type Ids = Vec<AlternativeId>;

/// The conditions on one path, arranged so that a value leads to those it may meet.
///
/// It may lead to some that it does not meet, never past one that it does.
#[derive(Debug, Default)]
pub(super) struct FieldIndex {
    texts: HashMap<String, Ids, RandomState>,
    /// By folded text.
    any_case: HashMap<String, Ids, RandomState>,
    addresses: HashMap<IpAddr, Ids, RandomState>,
    blocks: [Intervals; 2],
    pieces: Pieces,
    /// Pieces of the folded text.
    folded: Pieces,
    every_text: Ids,
    /// By the bits of the double.
    numbers: HashMap<u64, Ids, RandomState>,
    spelled: HashMap<String, Ids, RandomState>,
    ranges: Intervals,
    words: [Ids; 3],
    /// Conditions that nearly every value meets.
    others: Vec<(Condition, Ids)>,
}

impl FieldIndex {
    pub(super) fn is_empty(&self) -> bool {
        let texts = self.texts.is_empty() && self.any_case.is_empty() && self.pieces.is_empty() && self.folded.is_empty();
        let addresses = self.addresses.is_empty() && self.blocks.iter().all(Intervals::is_empty);
        let numbers = self.numbers.is_empty() && self.spelled.is_empty() && self.ranges.is_empty();
        texts && addresses && numbers && self.every_text.is_empty() && self.words.iter().all(Vec::is_empty) && self.others.is_empty()
    }

    /// Adds a condition of an alternative; that of absence has no place here.
    pub(super) fn add(&mut self, condition: &Condition, id: AlternativeId) {
        match condition {
            Condition::Text(text) => self.texts.entry(text.clone()).or_default().push(id),
            Condition::AnyCase(text) => self.any_case.entry(fold(text)).or_default().push(id),
            Condition::Address(address, _) => self.addresses.entry(*address).or_default().push(id),
            Condition::Cidr(block) => {
                let (low, high) = block.ends();
                self.blocks[usize::from(block.is_ipv6())].add(low, high, id);
            }
            Condition::Prefix(text) => self.add_piece(text, Anchor::Start, id),
            Condition::Suffix(text) => self.add_piece(text, Anchor::End, id),
            Condition::Wildcard(wildcard) => self.add_piece(longest_part(wildcard), Anchor::Anywhere, id),
            Condition::PrefixAnyCase(text) => self.add_folded(text, Anchor::Start, id),
            Condition::SuffixAnyCase(text) => self.add_folded(text, Anchor::End, id),
            Condition::Number(number) => match number.value() {
                Number::Double(value) => self.numbers.entry(bits_of(*value)).or_default().push(id),
                Number::Spelled(text) => self.spelled.entry(text.to_string()).or_default().push(id),
            },
            Condition::Range(range) => {
                let (low, high) = ends_of(range);
                self.ranges.add(low, high, id);
            }
            Condition::Null => self.words[0].push(id),
            Condition::Bool(value) => self.words[1 + usize::from(*value)].push(id),
            Condition::AnythingBut(_) | Condition::Present | Condition::Absent => self.add_other(condition, id),
        }
    }

    /// Builds what can only be built once everything is added.
    pub(super) fn compiled(mut self) -> Self {
        self.pieces.compile();
        self.folded.compile();
        self.ranges.compile();
        self.blocks.iter_mut().for_each(Intervals::compile);
        self
    }

    /// Hands over the alternatives that a value may meet, some of them more than once.
    pub(super) fn candidates(&self, value: &Scalar<'_>, found: &mut dyn FnMut(AlternativeId)) {
        match value {
            Scalar::Text(text) => self.with_text(text, found),
            Scalar::Number(Number::Double(value)) => {
                hand_over(self.numbers.get(&bits_of(*value)), found);
                self.ranges.around(order_of(*value), found);
            }
            Scalar::Number(Number::Spelled(text)) => hand_over(self.spelled.get(&**text), found),
            Scalar::Null => hand_over(Some(&self.words[0]), found),
            Scalar::Bool(value) => hand_over(Some(&self.words[1 + usize::from(*value)]), found),
        }
        for (condition, ids) in &self.others {
            if condition.accepts(value) {
                hand_over(Some(ids), found);
            }
        }
    }

    fn with_text(&self, text: &str, found: &mut dyn FnMut(AlternativeId)) {
        if !self.texts.is_empty() {
            hand_over(self.texts.get(text), found);
        }
        self.pieces.within(text, found);
        if !self.any_case.is_empty() || !self.folded.is_empty() {
            let folded = fold(text);
            hand_over(self.any_case.get(&folded), found);
            self.folded.within(&folded, found);
        }
        if (!self.addresses.is_empty() || !self.blocks.iter().all(Intervals::is_empty))
            && let Some(address) = parse_address(text)
        {
            hand_over(self.addresses.get(&address), found);
            match address {
                IpAddr::V4(address) => self.blocks[0].around(address.to_bits().into(), found),
                IpAddr::V6(address) => self.blocks[1].around(address.to_bits(), found),
            }
        }
        hand_over(Some(&self.every_text), found);
    }

    fn add_piece(&mut self, piece: &str, anchor: Anchor, id: AlternativeId) {
        match piece {
            "" => self.every_text.push(id),
            piece => self.pieces.add(piece.to_owned(), anchor, id),
        }
    }

    fn add_folded(&mut self, piece: &str, anchor: Anchor, id: AlternativeId) {
        match piece {
            "" => self.every_text.push(id),
            piece => self.folded.add(fold(piece), anchor, id),
        }
    }

    fn add_other(&mut self, condition: &Condition, id: AlternativeId) {
        match self.others.iter_mut().find(|(known, _)| known == condition) {
            Some((_, ids)) => ids.push(id),
            None => self.others.push((condition.clone(), vec![id])),
        }
    }
}

fn hand_over(ids: Option<&Ids>, found: &mut dyn FnMut(AlternativeId)) {
    ids.into_iter().flatten().for_each(|id| found(*id));
}

/// The fixed text of a wildcard that tells most.
fn longest_part(wildcard: &Wildcard) -> &str {
    wildcard.parts().iter().max_by_key(|part| part.len()).map_or("", String::as_str)
}

/// Equal for equal doubles, zeros of both signs among them.
fn bits_of(value: f64) -> u64 {
    (value + 0.0).to_bits()
}

/// Doubles as whole numbers in the same order, without gaps between neighbours.
fn order_of(value: f64) -> u128 {
    let bits = bits_of(value);
    let negative = bits >> 63 == 1;
    u128::from(if negative { !bits } else { bits | 1 << 63 })
}

/// The first and the last double of a range.
fn ends_of(range: &Range) -> (u128, u128) {
    let beyond = |bound: Bound| u128::from(!bound.included);
    let low = range.lower.map_or(0, |bound| order_of(bound.value) + beyond(bound));
    let high = range.upper.map_or(u128::MAX, |bound| order_of(bound.value) - beyond(bound));
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::order_of;

    #[test]
    fn the_order_of_doubles_is_kept() {
        let doubles = [f64::MIN, -1.5, -1e-300, -0.0, 1e-300, 1.0, 1.0 + f64::EPSILON, f64::MAX];
        assert!(doubles.windows(2).all(|pair| order_of(pair[0]) < order_of(pair[1])));
        assert_eq!(order_of(-0.0), order_of(0.0));
        assert_eq!(order_of(1.0) + 1, order_of(1.0 + f64::EPSILON), "neighbours stay neighbours");
    }
}
