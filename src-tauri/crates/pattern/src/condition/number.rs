use std::fmt;

use serde_json::Number;

/// A number that a value must equal.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ExactNumber {
    text: String,
    value: Option<f64>,
}

impl ExactNumber {
    /// Takes a number as written in a pattern.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), value: comparable(text) }
    }

    /// Whether both are the same double, so that 300 equals 300.0, or, where one is none, are written alike.
    pub(crate) fn equals(&self, found: &Number) -> bool {
        match (self.value, comparable_number(found)) {
            (Some(wanted), Some(found)) => wanted == found,
            _ => found.to_string() == self.text,
        }
    }
}

impl fmt::Display for ExactNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A number as IEEE double, which is how AWS compares; none when it is not finite or an integer that a double misses.
pub(crate) fn comparable(text: &str) -> Option<f64> {
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    let integer = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    // Display writes every digit of a double, so only integers that a double holds survive the round trip.
    (!integer || value == 0.0 || value.to_string() == text).then_some(value)
}

/// A number of an event as IEEE double.
pub(crate) fn comparable_number(number: &Number) -> Option<f64> {
    if number.is_f64() { number.as_f64() } else { comparable(&number.to_string()) }
}
