use std::sync::{Arc, OnceLock};

use serde_json::Value;

use crate::error::EventError;
use crate::event::{Leaves, leaves_of_tree, with_leaves};
use crate::index::Index;
use crate::pattern::Pattern;

/// Many patterns, each under a key, matched against an event at once.
///
/// The event is read once for all of them, and only along paths that some pattern names. After a change the patterns are
/// compiled anew when the next event comes.
#[derive(Debug, Clone)]
pub struct RuleSet<K> {
    rules: Vec<(K, Pattern)>,
    index: OnceLock<Arc<Index>>,
}

impl<K> Default for RuleSet<K> {
    fn default() -> Self {
        Self { rules: Vec::new(), index: OnceLock::new() }
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

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Arc::new(Index::new(self.rules.iter().map(|(_, pattern)| pattern))))
    }
}

impl<K: Clone + PartialEq> RuleSet<K> {
    /// Adds a pattern; one under the same key is replaced and returned.
    pub fn insert(&mut self, key: K, pattern: Pattern) -> Option<Pattern> {
        let before = self.remove(&key);
        self.rules.push((key, pattern));
        self.index = OnceLock::new();
        before
    }

    /// Takes a pattern out.
    pub fn remove(&mut self, key: &K) -> Option<Pattern> {
        let at = self.rules.iter().position(|(other, _)| other == key)?;
        self.index = OnceLock::new();
        Some(self.rules.remove(at).1)
    }

    /// The keys of the patterns that match an event, in the order in which they were added.
    ///
    /// Where the event is at hand as text, `matching_str` is faster by far.
    pub fn matching(&self, event: &Value) -> Vec<K> {
        let leaves = leaves_of_tree(event, self.index().wanted());
        leaves.map_or_else(Vec::new, |(leaves, _)| self.keys(&leaves))
    }

    /// The keys of the patterns that match an event given as text, in the order in which they were added.
    ///
    /// # Errors
    /// The text is not JSON, or not an object.
    pub fn matching_str(&self, event_json: &str) -> Result<Vec<K>, EventError> {
        with_leaves(event_json, self.index().wanted(), |leaves| self.keys(leaves))
    }

    fn keys(&self, leaves: &Leaves<'_>) -> Vec<K> {
        let matching = self.index().matching(leaves);
        let mut keys = Vec::with_capacity(matching.count());
        keys.extend(matching.numbers().map(|rule| self.rules[rule].0.clone()));
        keys
    }
}
