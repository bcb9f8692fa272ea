//! Comparison that ignores case, character by character.
//!
//! Two characters are equal when their lower or their upper case is; no other normalisation takes place.

fn same(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase()) || a.to_uppercase().eq(b.to_uppercase())
}

/// Whether `wanted` is used up by the characters of `text`; the rest of `text` stays.
fn consumes(text: &mut impl Iterator<Item = char>, wanted: impl Iterator<Item = char>) -> bool {
    wanted.into_iter().all(|w| text.next().is_some_and(|t| same(t, w)))
}

pub(super) fn equal(text: &str, wanted: &str) -> bool {
    let mut rest = text.chars();
    consumes(&mut rest, wanted.chars()) && rest.next().is_none()
}

pub(super) fn starts_with(text: &str, start: &str) -> bool {
    consumes(&mut text.chars(), start.chars())
}

pub(super) fn ends_with(text: &str, end: &str) -> bool {
    consumes(&mut text.chars().rev(), end.chars().rev())
}
