use std::fmt;

/// One end of a numeric range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bound {
    pub(crate) value: f64,
    pub(crate) included: bool,
}

/// A `numeric` range with a lower end, an upper end, or both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Range {
    pub(crate) lower: Option<Bound>,
    pub(crate) upper: Option<Bound>,
}

impl Range {
    pub(crate) fn contains(&self, number: f64) -> bool {
        let above = |end: Bound| number > end.value || (end.included && number == end.value);
        let below = |end: Bound| number < end.value || (end.included && number == end.value);
        self.lower.is_none_or(above) && self.upper.is_none_or(below)
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ends = [(self.lower, ">"), (self.upper, "<")];
        let words: Vec<String> = ends
            .into_iter()
            .filter_map(|(end, sign)| end.map(|end| format!("{sign}{} {}", if end.included { "=" } else { "" }, end.value)))
            .collect();
        f.write_str(&words.join(" and "))
    }
}
