use super::{AlternativeId, ClauseId, Index};
use crate::event::Leaves;
use crate::matcher::{Dependent, Standing, fulfilled_if};

/// What is known of one event while it is decided which rules it fulfils.
pub(super) struct Progress<'i, 'e> {
    index: &'i Index,
    leaves: &'i Leaves<'e>,
    /// One bit for each rule that matches, one for each alternative that was tried, two for the standing of each clause.
    bits: Vec<u64>,
    /// Where the bits of alternatives and clauses begin.
    alternatives: usize,
    clauses: usize,
    /// The leaves that clauses accept inside arrays, and for each such clause where they are.
    accepted: Vec<u32>,
    ranges: Vec<(u32, u32)>,
}

impl<'i, 'e> Progress<'i, 'e> {
    pub(super) fn new(index: &'i Index, leaves: &'i Leaves<'e>) -> Self {
        let alternatives = index.rules.next_multiple_of(64);
        // Two bits never lie across words.
        let clauses = (alternatives + index.alternatives.len()).next_multiple_of(2);
        let words = (clauses + 2 * index.clauses.len()).div_ceil(64);
        Self { index, leaves, bits: vec![0; words], alternatives, clauses, accepted: Vec::new(), ranges: Vec::new() }
    }

    /// Decides an alternative unless it, or its rule, is decided already; one of its clauses may be known to be fulfilled.
    pub(super) fn try_alternative(&mut self, id: AlternativeId, fulfilled: Option<ClauseId>) {
        let entry = &self.index.alternatives[id as usize];
        let (rule, tried) = (entry.rule as usize, self.alternatives + id as usize);
        if !self.is_set(rule) && !self.is_set(tried) {
            self.set(tried);
            if let Some(clause) = fulfilled
                && self.bits_of(clause) == 0
            {
                self.note(clause, FULFILLED);
            }
            if self.fulfils(id) {
                self.set(rule);
            }
        }
    }

    /// The rules that match.
    pub(super) fn matching(mut self) -> Matching {
        self.bits.truncate(self.alternatives / 64);
        Matching(self.bits)
    }

    fn fulfils(&mut self, id: AlternativeId) -> bool {
        let index = self.index;
        let mut dependent = false;
        for clause in index.clauses_of(id, &index.by_popularity) {
            match self.standing(*clause) {
                Standing::Failed => return false,
                Standing::Fulfilled => {}
                Standing::Depends => dependent = true,
            }
        }
        !dependent || self.fulfils_together(id)
    }

    fn fulfils_together(&mut self, id: AlternativeId) -> bool {
        let index = self.index;
        let clauses = index.clauses_of(id, &index.in_time);
        let dependents = clauses.iter().filter(|clause| self.bits_of(**clause) == DEPENDS);
        let dependents: Vec<Dependent<'_>> = dependents
            .map(|clause| {
                let (start, end) = self.ranges[*clause as usize];
                (&index.clauses[*clause as usize], &self.accepted[start as usize..end as usize])
            })
            .collect();
        fulfilled_if(&dependents, clauses.iter().map(|clause| &index.clauses[*clause as usize]), self.leaves)
    }

    /// How a clause stands, found out once.
    fn standing(&mut self, clause: ClauseId) -> Standing {
        match self.bits_of(clause) {
            FAILED => Standing::Failed,
            FULFILLED => Standing::Fulfilled,
            DEPENDS => Standing::Depends,
            _ => self.find_out(clause),
        }
    }

    fn find_out(&mut self, clause: ClauseId) -> Standing {
        let start = self.accepted.len();
        let standing = self.index.clauses[clause as usize].standing(self.leaves, &mut self.accepted);
        let bits = match standing {
            Standing::Failed => FAILED,
            Standing::Fulfilled => FULFILLED,
            Standing::Depends => {
                self.ranges.resize(self.index.clauses.len(), (0, 0));
                let place = |length: usize| u32::try_from(length).expect("an event is shorter than 4 GiB");
                self.ranges[clause as usize] = (place(start), place(self.accepted.len()));
                DEPENDS
            }
        };
        self.note(clause, bits);
        standing
    }

    fn note(&mut self, clause: ClauseId, bits: u64) {
        let bit = self.clauses + 2 * clause as usize;
        self.bits[bit / 64] |= bits << (bit % 64);
    }

    fn bits_of(&self, clause: ClauseId) -> u64 {
        let bit = self.clauses + 2 * clause as usize;
        self.bits[bit / 64] >> (bit % 64) & 0b11
    }

    fn is_set(&self, bit: usize) -> bool {
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }

    fn set(&mut self, bit: usize) {
        self.bits[bit / 64] |= 1 << (bit % 64);
    }
}

const FAILED: u64 = 1;
const FULFILLED: u64 = 2;
const DEPENDS: u64 = 3;

/// The rules that an event fulfils, one bit each.
pub(crate) struct Matching(Vec<u64>);

impl Matching {
    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// Their numbers, in their order.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(word, bits)| ones(*bits).map(move |bit| word * 64 + bit))
    }
}

/// The places of the bits that are set.
fn ones(bits: u64) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)))
        .take_while(|bits| *bits != 0)
        .map(|bits| bits.trailing_zeros() as usize)
}
