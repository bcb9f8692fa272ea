//! What became of the statements of a policy, and putting back those that went.

use serde_json::Value;
use serde_json::value::RawValue;

use super::{ResourcePolicy, sid_of};

/// What became of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It was there and is not any more.
    Gone(String),
    /// It says something else by now.
    Changed(String, String),
    /// It is new.
    Added(String),
}

impl ResourcePolicy {
    /// What became of each statement from this policy to a later one, by the statement's id or number. Only its meaning counts.
    pub(crate) fn changes_to(&self, later: &Self) -> Vec<(String, Presence)> {
        let text = |statement: &RawValue| statement.get().to_owned();
        let mut changes = Vec::new();
        for (at, one) in self.statements.iter().enumerate() {
            if later.statements.iter().any(|other| is_same(one, other)) {
                continue;
            }
            let changed = later.statements.iter().find(|other| has_same_sid(one, other));
            let presence = changed.map_or_else(|| Presence::Gone(text(one)), |other| Presence::Changed(text(one), text(other)));
            changes.push((name(one, at), presence));
        }
        for (at, one) in later.statements.iter().enumerate() {
            if !self.statements.iter().any(|other| is_same(one, other) || has_same_sid(one, other)) {
                changes.push((name(one, at), Presence::Added(text(one))));
            }
        }
        changes
    }

    /// Whether every statement of an earlier policy is in this one.
    pub fn has_all_of(&self, earlier: &Self) -> bool {
        earlier.statements.iter().all(|one| self.statements.iter().any(|other| is_same(one, other)))
    }

    /// This policy with every statement of an earlier one put back that is gone or changed; what was added since stays to the letter.
    #[must_use]
    pub fn putting_back(mut self, earlier: &Self) -> Self {
        for one in &earlier.statements {
            if self.statements.iter().any(|other| is_same(one, other)) {
                continue;
            }
            match self.statements.iter_mut().find(|other| has_same_sid(one, other)) {
                Some(changed) => changed.clone_from(one),
                None => self.statements.push(one.clone()),
            }
        }
        for (key, value) in &earlier.rest {
            self.rest.entry(key.clone()).or_insert_with(|| value.clone());
        }
        self
    }
}

fn is_same(one: &RawValue, other: &RawValue) -> bool {
    let read = |statement: &RawValue| serde_json::from_str::<Value>(statement.get()).ok();
    one.get() == other.get() || (read(one).is_some() && read(one) == read(other))
}

fn has_same_sid(one: &RawValue, other: &RawValue) -> bool {
    let sid = sid_of(one);
    sid.is_some() && sid == sid_of(other)
}

fn name(statement: &RawValue, at: usize) -> String {
    sid_of(statement).unwrap_or_else(|| format!("{}", at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(statements: &str) -> ResourcePolicy {
        ResourcePolicy::read(Some(&format!(r#"{{"Statement":[{statements}]}}"#))).unwrap()
    }

    #[test]
    fn what_went_is_put_back_and_what_came_stays() {
        let earlier = policy(r#"{"Sid":"a","Effect":"Allow"},{"Sid":"b","Effect":"Deny"}"#);
        let live = policy(r#"{"Sid":"b","Effect":"Allow"},{"Sid":"theirs",  "Note": 1.0}"#);
        let changes: Vec<_> =
            earlier.changes_to(&live).into_iter().map(|(name, presence)| (name, matches!(presence, Presence::Added(_)))).collect();
        assert_eq!(changes, [("a".to_owned(), false), ("b".to_owned(), false), ("theirs".to_owned(), true)]);
        let back = live.putting_back(&earlier);
        assert!(back.text().contains(r#"{"Sid":"theirs",  "Note": 1.0}"#), "{}", back.text());
        assert_eq!(earlier.changes_to(&back).len(), 1, "only what was added differs");
        assert!(
            earlier.changes_to(&policy(r#"{"Effect":"Deny","Sid":"b"}, {"Effect":"Allow","Sid":"a"}"#)).is_empty(),
            "order says nothing"
        );
    }
}
