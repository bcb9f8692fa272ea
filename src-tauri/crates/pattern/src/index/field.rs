use std::collections::HashMap;
use std::net::IpAddr;

use foldhash::fast::RandomState;

use super::exclusions::Exclusions;
use super::intervals::Intervals;
use super::pieces::{Anchor, Pieces};
use super::{AlternativeId, Lead};
use crate::condition::{AnythingBut, Bound, Condition, Range, Wildcard, fold, parse_address};
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
    /// They are looked for by the part that the fewest of them have, which is known once all are added.
    wildcards: Vec<(Wildcard, AlternativeId)>,
    /// Pieces of the folded text.
    folded: Pieces,
    every_text: Ids,
    /// By the bits of the double.
    numbers: HashMap<u64, Ids, RandomState>,
    spelled: HashMap<String, Ids, RandomState>,
    ranges: Intervals,
    words: [Ids; 3],
    exclusions: Exclusions,
    /// Other conditions that nearly every value meets.
    others: Vec<(Condition, Ids)>,
}

impl FieldIndex {
    pub(super) fn is_empty(&self) -> bool {
        let texts = self.texts.is_empty()
            && self.any_case.is_empty()
            && self.pieces.is_empty()
            && self.folded.is_empty()
            && self.wildcards.is_empty();
        let addresses = self.addresses.is_empty() && self.blocks.iter().all(Intervals::is_empty);
        let numbers = self.numbers.is_empty() && self.spelled.is_empty() && self.ranges.is_empty();
        texts
            && addresses
            && numbers
            && self.every_text.is_empty()
            && self.words.iter().all(Vec::is_empty)
            && self.exclusions.is_empty()
            && self.others.is_empty()
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
            Condition::Wildcard(wildcard) => self.wildcards.push((wildcard.clone(), id)),
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
            Condition::AnythingBut(AnythingBut::Texts(texts)) => self.exclusions.add(texts, id),
            Condition::AnythingBut(_) | Condition::Present | Condition::Absent => self.add_other(condition, id),
        }
    }

    /// Builds what can only be built once everything is added.
    pub(super) fn compiled(mut self) -> Self {
        self.place_wildcards();
        self.pieces.compile();
        self.folded.compile();
        self.ranges.compile();
        self.blocks.iter_mut().for_each(Intervals::compile);
        self
    }

    /// Hands over the alternatives that a value may meet, some of them more than once.
    pub(super) fn candidates(&self, value: &Scalar<'_>, found: &mut impl FnMut(AlternativeId, Lead)) {
        match value {
            Scalar::Text(text) => self.with_text(text, found),
            Scalar::Number(Number::Double(value)) => {
                hand_over(self.numbers.get(&bits_of(*value)), Lead::Sure, found);
                self.ranges.around(order_of(*value), &mut |id| found(id, Lead::Sure));
            }
            Scalar::Number(Number::Spelled(text)) => hand_over(self.spelled.get(&**text), Lead::Sure, found),
            Scalar::Null => hand_over(Some(&self.words[0]), Lead::Sure, found),
            Scalar::Bool(value) => hand_over(Some(&self.words[1 + usize::from(*value)]), Lead::Sure, found),
        }
        self.exclusions.not_excluding(value, &mut |id| found(id, Lead::Sure));
        for (condition, ids) in &self.others {
            if condition.accepts(value) {
                hand_over(Some(ids), Lead::Sure, found);
            }
        }
    }

    fn with_text(&self, text: &str, found: &mut impl FnMut(AlternativeId, Lead)) {
        if !self.texts.is_empty() {
            hand_over(self.texts.get(text), Lead::Sure, found);
        }
        self.pieces.within(text, found);
        if !self.any_case.is_empty() || !self.folded.is_empty() {
            let folded = fold(text);
            // Texts that fold alike need not stand for each other.
            hand_over(self.any_case.get(&folded), Lead::Perhaps, found);
            self.folded.within(&folded, &mut |id, _| found(id, Lead::Perhaps));
        }
        if (!self.addresses.is_empty() || !self.blocks.iter().all(Intervals::is_empty))
            && let Some(address) = parse_address(text)
        {
            hand_over(self.addresses.get(&address), Lead::Sure, found);
            let (blocks, address) = match address {
                IpAddr::V4(address) => (&self.blocks[0], address.to_bits().into()),
                IpAddr::V6(address) => (&self.blocks[1], address.to_bits()),
            };
            blocks.around(address, &mut |id| found(id, Lead::Sure));
        }
        hand_over(Some(&self.every_text), Lead::Perhaps, found);
    }

    fn place_wildcards(&mut self) {
        let wildcards = std::mem::take(&mut self.wildcards);
        let mut uses: HashMap<&str, usize> = HashMap::new();
        let parts = wildcards.iter().flat_map(|(wildcard, _)| wildcard.parts());
        parts.for_each(|part| *uses.entry(part).or_default() += 1);
        for (wildcard, id) in &wildcards {
            self.add_piece(telling_part(wildcard, &uses), Anchor::Anywhere, *id);
        }
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

#[inline]
fn hand_over(ids: Option<&Ids>, lead: Lead, found: &mut impl FnMut(AlternativeId, Lead)) {
    ids.into_iter().flatten().for_each(|id| found(*id, lead));
}

/// The fixed text of a wildcard that tells most: not shared with many others, and long.
fn telling_part<'w>(wildcard: &'w Wildcard, uses: &HashMap<&str, usize>) -> &'w str {
    let parts = wildcard.parts().iter().filter(|part| !part.is_empty());
    parts.min_by_key(|part| (uses.get(part.as_str()), usize::MAX - part.len())).map_or("", String::as_str)
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
