use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

/// The dotted paths that patterns ask for, each with how often it is asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Paths(BTreeMap<Arc<str>, usize>);

impl Paths {
    pub(crate) fn add(&mut self, path: &Arc<str>) {
        *self.0.entry(path.clone()).or_default() += 1;
    }

    pub(crate) fn remove(&mut self, path: &Arc<str>) {
        if let Some(uses) = self.0.get_mut(path) {
            *uses -= 1;
            if *uses == 0 {
                self.0.remove(path);
            }
        }
    }

    pub(crate) fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Whether some path lies below this one.
    pub(crate) fn any_below(&self, path: &str) -> bool {
        let below = format!("{path}.");
        let mut from = self.0.range::<str, _>((Bound::Included(below.as_str()), Bound::Unbounded));
        from.next().is_some_and(|(next, _)| next.starts_with(&below))
    }
}
