//! Comparison that ignores case.
//!
//! As in event-ruler, a character of the pattern stands for its lower case and its upper case, which may have more
//! characters than one; no other normalisation takes place.

/// What is left of a text behind the pattern's characters; none when it does not begin with them.
fn consume<'t>(text: &'t str, wanted: &str) -> Vec<&'t str> {
    if wanted.is_ascii() {
        let starts = text.as_bytes().get(..wanted.len()).is_some_and(|start| start.eq_ignore_ascii_case(wanted.as_bytes()));
        return if starts { vec![&text[wanted.len()..]] } else { Vec::new() };
    }
    let mut rests = vec![text];
    for c in wanted.chars() {
        let (lower, upper): (String, String) = (c.to_lowercase().collect(), c.to_uppercase().collect());
        let cases = if lower == upper { vec![lower] } else { vec![lower, upper] };
        rests = rests.iter().flat_map(|rest| cases.iter().filter_map(|case| rest.strip_prefix(case.as_str()))).collect();
        // Two ways through the same characters are one.
        rests.sort_by_key(|rest| rest.len());
        rests.dedup();
    }
    rests
}

/// The same for all texts that a text stands for when case is ignored; other texts may share it.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(char::to_lowercase).flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

pub(super) fn equal(text: &str, wanted: &str) -> bool {
    consume(text, wanted).iter().any(|rest| rest.is_empty())
}

pub(super) fn starts_with(text: &str, start: &str) -> bool {
    !consume(text, start).is_empty()
}

pub(super) fn ends_with(text: &str, end: &str) -> bool {
    if end.is_ascii() {
        let start = text.len().checked_sub(end.len());
        return start.is_some_and(|start| text.as_bytes()[start..].eq_ignore_ascii_case(end.as_bytes()));
    }
    // Only so far from its end can the text begin to be that end; without this, long texts would take for ever.
    let longest: usize = end.chars().map(|c| width(c.to_lowercase()).max(width(c.to_uppercase()))).sum();
    let far = text.len().saturating_sub(longest);
    (far..=text.len()).filter(|at| text.is_char_boundary(*at)).any(|at| equal(&text[at..], end))
}

/// How many bytes the characters have.
fn width(chars: impl Iterator<Item = char>) -> usize {
    chars.map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn a_character_and_its_cases_are_folded_alike() {
        for c in '\0'..=char::MAX {
            let cases: [String; 3] = [c.into(), c.to_lowercase().collect(), c.to_uppercase().collect()];
            assert!(cases.iter().all(|case| fold(case) == fold(&cases[0])), "{c} is folded to {:?}", cases.map(|case| fold(&case)));
        }
    }
}
