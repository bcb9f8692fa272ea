use std::fmt;

use crate::event::Number;

/// Digits that every double keeps.
const SAFE_DIGITS: usize = 15;

/// A number that a value must equal.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ExactNumber {
    text: String,
    value: Number<'static>,
}

impl ExactNumber {
    /// Takes a number as written in a pattern.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), value: Number::read(text).into_owned() }
    }

    /// What it equals.
    pub(crate) fn value(&self) -> &Number<'static> {
        &self.value
    }

    /// Whether both are the same double, so that 300 equals 300.0, or, where they are none, are written alike.
    pub(crate) fn equals(&self, found: &Number<'_>) -> bool {
        self.value == *found
    }
}

impl fmt::Display for ExactNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A number as IEEE double, which is how AWS compares; none when it is not finite or says more than a double holds.
pub(crate) fn comparable(text: &str) -> Option<f64> {
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let short = mantissa.len() <= SAFE_DIGITS && mantissa.len() == text.len();
    // Display writes the shortest digits that name a double: a number that needs others is not that double.
    (short || decimal(text) == decimal(&format!("{value:e}"))).then_some(value)
}

/// Sign, digits without zeros around them, and the power of ten of the last digit.
fn decimal(text: &str) -> (bool, String, i64) {
    let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (negative, mantissa) = mantissa.strip_prefix('-').map_or((false, mantissa), |rest| (true, rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let kept = digits.trim_end_matches('0');
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    let power = power.parse::<i64>().unwrap_or(i64::MAX);
    match kept.trim_start_matches('0') {
        "" => (false, String::new(), 0),
        digits_kept => {
            let last = power.saturating_sub(count(fraction.len())).saturating_add(count(digits.len() - kept.len()));
            (negative, digits_kept.to_owned(), last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::comparable;

    #[test]
    fn numbers_are_compared_as_doubles_where_a_double_says_them() {
        for (text, value) in [
            ("0", Some(0.0)),
            ("-0.0", Some(0.0)),
            ("0e99", Some(0.0)),
            ("300.00", Some(300.0)),
            ("30000e-2", Some(300.0)),
            ("1E-320", Some(1e-320)),
            ("1E-325", None),
            ("1E309", None),
            ("9007199254740992", Some(9_007_199_254_740_992.0)),
            ("9007199254740993", None),
            ("0.1", Some(0.1)),
            ("0.10000000000000000555", None),
            ("0.1000000000000000000000", Some(0.1)),
            ("123456789.123456789", None),
        ] {
            assert_eq!(comparable(text), value, "{text}");
        }
    }
}
