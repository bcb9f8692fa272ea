use std::collections::HashMap;

use super::is_absence;
use crate::condition::Condition;
use crate::matcher::{Alternative, Field};
use crate::wanted::FieldId;

/// How selective a condition is by its kind; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// One value.
    Exact,
    /// Some values that have something in common.
    Part,
    /// Values of a kind of which there are few.
    Word,
    /// Nearly every value.
    Broad,
}

/// How many alternatives ask the same of the same path.
pub(super) struct Popularity(HashMap<(FieldId, String), usize>);

impl Popularity {
    pub(super) fn new<'a>(alternatives: impl Iterator<Item = &'a Alternative>) -> Self {
        let mut counts = HashMap::new();
        for field in alternatives.flat_map(|alternative| &alternative.fields) {
            for condition in field.conditions.iter() {
                *counts.entry((field.id, condition.to_string())).or_insert(0) += 1;
            }
        }
        Self(counts)
    }

    /// The path of an alternative that the fewest events get past; none when every path may be absent.
    pub(super) fn rarest<'a>(&self, alternative: &'a Alternative) -> Option<&'a Field> {
        let present = alternative.fields.iter().filter(|field| !field.conditions.iter().any(is_absence));
        present.min_by_key(|field| {
            let kind = field.conditions.iter().map(kind).max();
            (kind, field.conditions.iter().map(|condition| self.of(field, condition)).sum::<usize>())
        })
    }

    fn of(&self, field: &Field, condition: &Condition) -> usize {
        self.0.get(&(field.id, condition.to_string())).copied().unwrap_or(0)
    }
}

fn kind(condition: &Condition) -> Kind {
    match condition {
        Condition::Text(_) | Condition::Address(..) | Condition::Number(_) | Condition::AnyCase(_) => Kind::Exact,
        Condition::Prefix(text) | Condition::PrefixAnyCase(text) | Condition::Suffix(text) | Condition::SuffixAnyCase(text)
            if text.is_empty() =>
        {
            Kind::Broad
        }
        Condition::Prefix(_)
        | Condition::PrefixAnyCase(_)
        | Condition::Suffix(_)
        | Condition::SuffixAnyCase(_)
        | Condition::Wildcard(_)
        | Condition::Range(_)
        | Condition::Cidr(_) => Kind::Part,
        Condition::Bool(_) | Condition::Null => Kind::Word,
        Condition::AnythingBut(_) | Condition::Present | Condition::Absent => Kind::Broad,
    }
}
