use std::collections::HashMap;

use super::is_absence;
use crate::condition::Condition;
use crate::matcher::{Alternative, Field};
use crate::wanted::FieldId;

/// How many of all values a condition lets through by its kind; fewer is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// One value, or those that have something in common.
    Few,
    /// Values of a kind of which there are few.
    Word,
    /// Nearly every value.
    Most,
}

/// How many alternatives ask the same of the same path.
pub(super) struct Popularity(HashMap<(FieldId, String), usize>);

impl Popularity {
    pub(super) fn new<'a>(alternatives: impl Iterator<Item = &'a Alternative>) -> Self {
        let mut counts = HashMap::new();
        for field in alternatives.flat_map(|alternative| &alternative.fields) {
            for condition in field.conditions.iter() {
                *counts.entry((field.id, format!("{condition:?}"))).or_insert(0) += 1;
            }
        }
        Self(counts)
    }

    /// The path of an alternative that the fewest events get past; none when every path may be absent.
    pub(super) fn rarest<'a>(&self, alternative: &'a Alternative) -> Option<&'a Field> {
        let present = alternative.fields.iter().filter(|field| !field.conditions.iter().any(is_absence));
        present.min_by_key(|field| {
            let reach = field.conditions.iter().map(reach).max();
            // A common value is met by many events, however exact it is.
            let popularity: usize = field.conditions.iter().map(|condition| self.of(field, condition)).sum();
            (reach, popularity, field.conditions.iter().filter(|condition| !is_exact(condition)).count())
        })
    }

    fn of(&self, field: &Field, condition: &Condition) -> usize {
        self.0.get(&(field.id, format!("{condition:?}"))).copied().unwrap_or(0)
    }
}

fn is_exact(condition: &Condition) -> bool {
    matches!(condition, Condition::Text(_) | Condition::Address(..) | Condition::Number(_) | Condition::AnyCase(_))
}

fn reach(condition: &Condition) -> Reach {
    match condition {
        Condition::Bool(_) | Condition::Null => Reach::Word,
        Condition::AnythingBut(_) | Condition::Present | Condition::Absent => Reach::Most,
        Condition::Prefix(text) | Condition::PrefixAnyCase(text) if text.is_empty() => Reach::Most,
        Condition::Suffix(text) | Condition::SuffixAnyCase(text) if text.is_empty() => Reach::Most,
        Condition::Wildcard(wildcard) if wildcard.parts().iter().all(String::is_empty) => Reach::Most,
        _ => Reach::Few,
    }
}
