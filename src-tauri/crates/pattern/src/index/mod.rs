//! Many patterns at once: which of them an event fulfils.
//!
//! Each alternative of each pattern is kept under the one path whose conditions are met most seldom. The values of an
//! event lead to the few alternatives that can match, and only those are decided in full.

mod field;
mod intervals;
mod pieces;
mod pivot;

use crate::condition::Condition;
use crate::event::Leaves;
use crate::matcher::Alternative;
use crate::pattern::Pattern;
use crate::wanted::{FieldId, Wanted};

use field::FieldIndex;
use pivot::Popularity;

/// Where an alternative is kept among all of them.
type AlternativeId = u32;

/// A set of patterns, compiled.
#[derive(Debug)]
pub(crate) struct Index {
    wanted: Wanted,
    rules: usize,
    alternatives: Vec<(usize, Alternative)>,
    /// The paths under which alternatives are kept.
    fields: Vec<(FieldId, FieldIndex)>,
    /// Alternatives that an event without any value can fulfil.
    always: Vec<AlternativeId>,
}

/// Which rules match and which alternatives were tried, one bit each.
struct Progress<'i> {
    index: &'i Index,
    bits: Vec<u64>,
}

impl Index {
    /// Compiles patterns, which are numbered in their order.
    pub(crate) fn new<'p>(patterns: impl Iterator<Item = &'p Pattern>) -> Self {
        let mut wanted = Wanted::default();
        let mut alternatives = Vec::new();
        let mut rules = 0;
        for (rule, pattern) in patterns.enumerate() {
            alternatives.extend(pattern.branches().iter().map(|branch| (rule, Alternative::new(branch, &mut wanted))));
            rules = rule + 1;
        }
        let mut index = Self { rules, alternatives, fields: Vec::new(), always: Vec::new(), wanted };
        index.place();
        index
    }

    /// The paths that the patterns name.
    pub(crate) fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// The numbers of the patterns that an event fulfils, in their order.
    pub(crate) fn matching(&self, leaves: &Leaves<'_>) -> impl Iterator<Item = usize> {
        let words = self.rules.div_ceil(64) + self.alternatives.len().div_ceil(64);
        let mut progress = Progress { index: self, bits: vec![0; words] };
        for (field, index) in &self.fields {
            leaves.at(*field).for_each(|leaf| index.candidates(&leaf.value, &mut |id| progress.try_alternative(id, leaves)));
        }
        self.always.iter().for_each(|id| progress.try_alternative(*id, leaves));
        let rules = self.rules.div_ceil(64);
        progress.bits.into_iter().take(rules).enumerate().flat_map(|(word, bits)| ones(bits).map(move |bit| word * 64 + bit))
    }

    /// Keeps every alternative under one of its paths.
    fn place(&mut self) {
        let popularity = Popularity::new(self.alternatives.iter().map(|(_, alternative)| alternative));
        let mut fields: Vec<FieldIndex> = Vec::new();
        fields.resize_with(self.wanted.fields(), FieldIndex::default);
        for (id, (_, alternative)) in self.alternatives.iter().enumerate() {
            let id = u32::try_from(id).expect("patterns have less than 4 G alternatives");
            match popularity.rarest(alternative) {
                Some(field) => field.conditions.iter().for_each(|condition| fields[field.id.index()].add(condition, id)),
                None => self.always.push(id),
            }
        }
        let ids = self.alternatives.iter().flat_map(|(_, alternative)| &alternative.fields).map(|field| field.id);
        let mut ids: Vec<FieldId> = ids.collect();
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

impl Progress<'_> {
    /// Decides an alternative unless it, or its rule, is decided already.
    fn try_alternative(&mut self, id: AlternativeId, leaves: &Leaves<'_>) {
        let (rule, alternative) = &self.index.alternatives[id as usize];
        let tried = self.index.rules.div_ceil(64) * 64 + id as usize;
        if !self.is_set(*rule) && !self.is_set(tried) {
            self.set(tried);
            if alternative.fulfilled_by(leaves) {
                self.set(*rule);
            }
        }
    }

    fn is_set(&self, bit: usize) -> bool {
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }

    fn set(&mut self, bit: usize) {
        self.bits[bit / 64] |= 1 << (bit % 64);
    }
}

/// The places of the bits that are set.
fn ones(bits: u64) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)))
        .take_while(|bits| *bits != 0)
        .map(|bits| bits.trailing_zeros() as usize)
}

/// Whether a condition speaks of absence, which no value leads to.
fn is_absence(condition: &Condition) -> bool {
    *condition == Condition::Absent
}
