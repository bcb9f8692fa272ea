//! Many patterns at once: which of them an event fulfils.
//!
//! A clause is a path and its conditions; patterns that ask the same of the same path share it, so that an event answers
//! it once. Each alternative of each pattern is kept under the one of its paths whose conditions are met most seldom. The
//! values of an event lead to the few alternatives that can match, and only those are decided.

mod exclusions;
mod field;
mod intervals;
mod pieces;
mod pivot;
mod progress;

use std::collections::HashMap;

use crate::condition::Condition;
use crate::event::Leaves;
use crate::matcher::{Alternative, Field};
use crate::pattern::Pattern;
use crate::wanted::{FieldId, Wanted};

use field::FieldIndex;
use pivot::Popularity;
pub(crate) use progress::Matching;
use progress::Progress;

/// Where an alternative is kept among all of them.
type AlternativeId = u32;

/// Where a clause is kept among all of them.
type ClauseId = u32;

/// What is known about an alternative that a value leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// The value meets a condition of the path under which it is kept.
    Sure,
    /// It may meet one.
    Perhaps,
}

/// A set of patterns, compiled.
#[derive(Debug, Default)]
pub(crate) struct Index {
    wanted: Wanted,
    rules: usize,
    alternatives: Vec<Entry>,
    clauses: Vec<Field>,
    /// The clauses of the alternatives in the order in which their paths are decided.
    in_time: Vec<ClauseId>,
    /// The same, those first that most alternatives share.
    by_popularity: Vec<ClauseId>,
    /// The paths under which alternatives are kept.
    fields: Vec<(FieldId, FieldIndex)>,
    /// Alternatives that an event without any value can fulfil.
    always: Vec<AlternativeId>,
}

/// An alternative of a rule.
#[derive(Debug)]
struct Entry {
    rule: u32,
    /// Where its clauses are listed.
    clauses: (u32, u32),
    /// The clause under whose path it is kept; the first where it is kept under none.
    pivot: ClauseId,
}

impl Index {
    /// Compiles patterns, which are numbered in their order.
    pub(crate) fn new<'p>(patterns: impl Iterator<Item = &'p Pattern>) -> Self {
        let mut index = Self::default();
        let mut known = HashMap::new();
        let mut alternatives = Vec::new();
        for pattern in patterns {
            for branch in pattern.branches() {
                let alternative = Alternative::new(branch, &mut index.wanted);
                index.enter(&alternative, &mut known);
                alternatives.push(alternative);
            }
            index.rules += 1;
        }
        index.sort_by_popularity();
        index.place(&alternatives);
        index
    }

    /// The paths that the patterns name.
    pub(crate) fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// The numbers of the patterns that an event fulfils, in their order.
    pub(crate) fn matching(&self, leaves: &Leaves<'_>) -> Matching {
        let mut progress = Progress::new(self, leaves);
        for (field, index) in &self.fields {
            for (_, leaf) in leaves.at(*field) {
                let free = leaves.chain(leaf).is_empty();
                index.candidates(&leaf.value, &mut |id, lead| {
                    let fulfilled = free && lead == Lead::Sure;
                    progress.try_alternative(id, fulfilled.then(|| self.alternatives[id as usize].pivot));
                });
            }
        }
        self.always.iter().for_each(|id| progress.try_alternative(*id, None));
        progress.matching()
    }

    /// Enters an alternative of the rule at hand.
    fn enter(&mut self, alternative: &Alternative, known: &mut HashMap<(FieldId, String), ClauseId>) {
        let start = number(self.in_time.len());
        for field in &alternative.fields {
            // Unlike the words of a condition, its debug form has everything that tells it from others.
            let clause = *known.entry((field.id, format!("{:?}", field.conditions))).or_insert(number(self.clauses.len()));
            if clause as usize == self.clauses.len() {
                self.clauses.push(field.clone());
            }
            self.in_time.push(clause);
        }
        self.alternatives.push(Entry {
            rule: number(self.rules),
            clauses: (start, number(self.in_time.len())),
            pivot: self.in_time[start as usize],
        });
    }

    fn clauses_of<'l>(&self, id: AlternativeId, list: &'l [ClauseId]) -> &'l [ClauseId] {
        let (start, end) = self.alternatives[id as usize].clauses;
        &list[start as usize..end as usize]
    }

    fn sort_by_popularity(&mut self) {
        let mut uses = vec![0_usize; self.clauses.len()];
        self.in_time.iter().for_each(|clause| uses[*clause as usize] += 1);
        self.by_popularity.clone_from(&self.in_time);
        for Entry { clauses: (start, end), .. } in &self.alternatives {
            self.by_popularity[*start as usize..*end as usize].sort_by_key(|clause| usize::MAX - uses[*clause as usize]);
        }
    }

    /// Keeps every alternative under one of its paths.
    fn place(&mut self, alternatives: &[Alternative]) {
        let popularity = Popularity::new(alternatives.iter());
        let mut fields: Vec<FieldIndex> = Vec::new();
        fields.resize_with(self.wanted.fields(), FieldIndex::default);
        for (id, alternative) in alternatives.iter().enumerate() {
            match popularity.rarest(alternative) {
                Some(field) => {
                    field.conditions.iter().for_each(|condition| fields[field.id.index()].add(condition, number(id)));
                    let mut clauses = self.clauses_of(number(id), &self.in_time).iter();
                    let pivot = clauses.find(|clause| self.clauses[**clause as usize].id == field.id);
                    self.alternatives[id].pivot = *pivot.expect("an alternative has a clause for each of its paths");
                }
                None => self.always.push(number(id)),
            }
        }
        let mut ids: Vec<FieldId> = self.clauses.iter().map(|clause| clause.id).collect();
        ids.sort_unstable_by_key(|id| id.index());
        ids.dedup();
        for id in ids {
            let field = std::mem::take(&mut fields[id.index()]);
            if !field.is_empty() {
                self.fields.push((id, field.compiled()));
            }
        }
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("patterns have less than 4 G parts")
}

/// Whether a condition speaks of absence, which no value leads to.
fn is_absence(condition: &Condition) -> bool {
    *condition == Condition::Absent
}
