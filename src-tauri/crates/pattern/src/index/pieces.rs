use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::{AlternativeId, Lead};

/// So many pieces are compared one by one.
const FEW: usize = 8;

/// So many bytes of pieces make an automaton that may be large, as it is fastest then.
const SMALL: usize = 4096;

/// Where in a text a piece must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    End,
    Anywhere,
}

/// A piece of text, and the alternatives that need it, by where.
#[derive(Debug, Default)]
struct Piece {
    text: String,
    at_start: Vec<AlternativeId>,
    at_end: Vec<AlternativeId>,
    anywhere: Vec<AlternativeId>,
}

/// Pieces of text that are found in a text at once, by one automaton where they are many.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    added: HashMap<String, Piece>,
    /// The automaton numbers them in this order.
    pieces: Vec<Piece>,
    automaton: Option<AhoCorasick>,
}

impl Pieces {
    /// Adds a piece that is not empty.
    pub(super) fn add(&mut self, piece: String, anchor: Anchor, id: AlternativeId) {
        let needed = self.added.entry(piece).or_default();
        match anchor {
            Anchor::Start => needed.at_start.push(id),
            Anchor::End => needed.at_end.push(id),
            Anchor::Anywhere => needed.anywhere.push(id),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.added.is_empty() && self.pieces.is_empty()
    }

    /// Builds the automaton.
    pub(super) fn compile(&mut self) {
        self.pieces = self.added.drain().map(|(text, needed)| Piece { text, ..needed }).collect();
        if self.pieces.len() > FEW {
            let texts = self.pieces.iter().map(|piece| &piece.text);
            let small = texts.clone().map(String::len).sum::<usize>() <= SMALL;
            let automaton = AhoCorasick::builder().kind(small.then_some(AhoCorasickKind::DFA)).build(texts);
            // It refuses only what has more than 2 G states.
            self.automaton = Some(automaton.expect("the pieces of some patterns fit into an automaton"));
        }
    }

    /// Hands over the alternatives that need a piece of this text where it stands; those that need it anywhere, which look
    /// for themselves, once only, however often it is there.
    pub(super) fn within(&self, text: &str, found: &mut impl FnMut(AlternativeId, Lead)) {
        let Some(automaton) = &self.automaton else {
            return self.pieces.iter().for_each(|piece| piece.look(text, found));
        };
        let mut met: Vec<u64> = Vec::new();
        for hit in automaton.find_overlapping_iter(text) {
            let number = hit.pattern().as_usize();
            let piece = &self.pieces[number];
            if hit.start() == 0 {
                hand_over(&piece.at_start, Lead::Sure, found);
            }
            if hit.end() == text.len() {
                hand_over(&piece.at_end, Lead::Sure, found);
            }
            if !piece.anywhere.is_empty() {
                met.resize(self.pieces.len().div_ceil(64), 0);
                let (word, bit) = (&mut met[number / 64], 1 << (number % 64));
                if *word & bit == 0 {
                    hand_over(&piece.anywhere, Lead::Perhaps, found);
                }
                *word |= bit;
            }
        }
    }
}

impl Piece {
    /// Hands over the alternatives that need it where it stands in this text, and those that look for themselves.
    fn look(&self, text: &str, found: &mut impl FnMut(AlternativeId, Lead)) {
        if !self.at_start.is_empty() && text.starts_with(&self.text) {
            hand_over(&self.at_start, Lead::Sure, found);
        }
        if !self.at_end.is_empty() && text.ends_with(&self.text) {
            hand_over(&self.at_end, Lead::Sure, found);
        }
        hand_over(&self.anywhere, Lead::Perhaps, found);
    }
}

#[inline]
fn hand_over(ids: &[AlternativeId], lead: Lead, found: &mut impl FnMut(AlternativeId, Lead)) {
    ids.iter().for_each(|id| found(*id, lead));
}
