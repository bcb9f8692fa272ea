//! CloudWatch's figures of the rule, as evidence beside what was found.

use super::Look;
use crate::check::Evidence;

impl Look<'_> {
    /// The sums of these metrics. Where CloudWatch has none, it says so: no data is not zero, and comes minutes late.
    pub(super) fn counted(self, metrics: &[&str]) -> Vec<Evidence> {
        let since = self.case.figures_since();
        let read = match self.seen.figures() {
            Ok(read) => read,
            Err(why) => {
                let why = why.missing_permission().map(|missing| format!("not read: {missing} is missing"));
                return why.map(|why| Evidence::known("CloudWatch", why)).into_iter().collect();
            }
        };
        let told = read.value.sums.iter().filter(|(metric, _)| metrics.contains(metric));
        let value = |sum: &Option<f64>| match sum {
            Some(sum) => format!("{sum} since {since}"),
            None => format!("no data since {since}, which is not zero"),
        };
        told.map(|(metric, sum)| Evidence::told(read, metric, value(sum))).collect()
    }
}
