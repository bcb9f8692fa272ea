use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::AlternativeId;
use crate::event::Scalar;

/// Alternatives that take every value but some texts; what a text excludes is found without asking each of them.
#[derive(Debug, Default)]
pub(super) struct Exclusions {
    alternatives: Vec<AlternativeId>,
    /// By excluded text the places of the alternatives that exclude it, in their order.
    excluding: HashMap<String, Vec<u32>, RandomState>,
}

impl Exclusions {
    pub(super) fn add(&mut self, texts: &[String], id: AlternativeId) {
        let place = u32::try_from(self.alternatives.len()).expect("patterns have less than 4 G parts");
        self.alternatives.push(id);
        for text in texts {
            let places = self.excluding.entry(text.clone()).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.alternatives.is_empty()
    }

    /// Hands over the alternatives that do not exclude a value.
    pub(super) fn not_excluding(&self, value: &Scalar<'_>, found: &mut impl FnMut(AlternativeId)) {
        let excluding = match value {
            Scalar::Text(text) if !self.is_empty() => self.excluding.get(&**text),
            _ => None,
        };
        let mut from = 0;
        for place in excluding.into_iter().flatten() {
            self.alternatives[from..*place as usize].iter().for_each(|id| found(*id));
            from = *place as usize + 1;
        }
        self.alternatives[from..].iter().for_each(|id| found(*id));
    }
}

#[cfg(test)]
mod tests {
    use super::Exclusions;
    use crate::event::Scalar;

    #[test]
    fn a_text_finds_those_that_do_not_exclude_it() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let mut exclusions = Exclusions::default();
        for (id, excluded) in [(7, texts(&["a", "b", "a"])), (8, texts(&["b"])), (9, texts(&["c", "a"]))] {
            exclusions.add(&excluded, id);
        }
        for (value, wanted) in [
            (Scalar::Text("a".into()), vec![8]),
            (Scalar::Text("b".into()), vec![9]),
            (Scalar::Text("c".into()), vec![7, 8]),
            (Scalar::Text("d".into()), vec![7, 8, 9]),
            (Scalar::Null, vec![7, 8, 9]),
        ] {
            let mut found = Vec::new();
            exclusions.not_excluding(&value, &mut |id| found.push(id));
            assert_eq!(found, wanted, "{value:?}");
        }
    }
}
