use std::sync::{Arc, OnceLock};

use serde_json::Value;

use crate::event::leaves_of_tree;
use crate::matcher::Alternative;
use crate::pattern::Pattern;
use crate::wanted::Wanted;

/// Many patterns, each under a key, matched against an event at once.
///
/// The event is read once for all of them, and only along paths that some pattern names. After a change the patterns are
/// compiled anew when the next event comes.
#[derive(Debug, Clone)]
pub struct RuleSet<K> {
    rules: Vec<(K, Pattern)>,
    compiled: OnceLock<Arc<Compiled>>,
}

#[derive(Debug)]
struct Compiled {
    wanted: Wanted,
    /// By rule.
    alternatives: Vec<Vec<Alternative>>,
}

impl<K> Default for RuleSet<K> {
    fn default() -> Self {
        Self { rules: Vec::new(), compiled: OnceLock::new() }
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

    fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| {
            let mut wanted = Wanted::default();
            let alternatives =
                |(_, pattern): &(K, Pattern)| pattern.branches().iter().map(|branch| Alternative::new(branch, &mut wanted)).collect();
            let alternatives = self.rules.iter().map(alternatives).collect();
            Arc::new(Compiled { wanted, alternatives })
        })
    }
}

impl<K: Clone + PartialEq> RuleSet<K> {
    /// Adds a pattern; one under the same key is replaced and returned.
    pub fn insert(&mut self, key: K, pattern: Pattern) -> Option<Pattern> {
        let before = self.remove(&key);
        self.rules.push((key, pattern));
        self.compiled = OnceLock::new();
        before
    }

    /// Takes a pattern out.
    pub fn remove(&mut self, key: &K) -> Option<Pattern> {
        let at = self.rules.iter().position(|(other, _)| other == key)?;
        self.compiled = OnceLock::new();
        Some(self.rules.remove(at).1)
    }

    /// The keys of the patterns that match an event, in the order in which they were added.
    pub fn matching(&self, event: &Value) -> Vec<K> {
        let compiled = self.compiled();
        let Some((leaves, _)) = leaves_of_tree(event, &compiled.wanted) else { return Vec::new() };
        let fulfilled = |alternatives: &[Alternative]| alternatives.iter().any(|alternative| alternative.fulfilled_by(&leaves));
        self.rules.iter().zip(&compiled.alternatives).filter(|(_, rule)| fulfilled(rule)).map(|((key, _), _)| key.clone()).collect()
    }
}
