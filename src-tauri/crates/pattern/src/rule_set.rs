use serde_json::Value;

use crate::event::FlatEvent;
use crate::parse::Branch;
use crate::paths::Paths;
use crate::pattern::Pattern;

/// Many patterns, each under a key, matched against an event at once.
///
/// The event is flattened once for all of them, and only along paths that some pattern names.
#[derive(Debug, Clone)]
pub struct RuleSet<K> {
    rules: Vec<(K, Pattern)>,
    paths: Paths,
}

impl<K> Default for RuleSet<K> {
    fn default() -> Self {
        Self { rules: Vec::new(), paths: Paths::default() }
    }
}

impl<K> RuleSet<K> {
    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many patterns the set holds.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether the set holds no pattern.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}

impl<K: Clone + PartialEq> RuleSet<K> {
    /// Adds a pattern; one under the same key is replaced and returned.
    pub fn insert(&mut self, key: K, pattern: Pattern) -> Option<Pattern> {
        let before = self.remove(&key);
        pattern.branches().iter().flat_map(Branch::keys).for_each(|path| self.paths.add(path));
        self.rules.push((key, pattern));
        before
    }

    /// Takes a pattern out.
    pub fn remove(&mut self, key: &K) -> Option<Pattern> {
        let at = self.rules.iter().position(|(other, _)| other == key)?;
        let (_, pattern) = self.rules.remove(at);
        pattern.branches().iter().flat_map(Branch::keys).for_each(|path| self.paths.remove(path));
        Some(pattern)
    }

    /// The keys of the patterns that match an event, in the order in which they were added.
    pub fn matching(&self, event: &Value) -> Vec<K> {
        let flat = FlatEvent::new(event, &self.paths);
        self.rules.iter().filter(|(_, pattern)| pattern.matches_flat(&flat)).map(|(key, _)| key.clone()).collect()
    }
}
