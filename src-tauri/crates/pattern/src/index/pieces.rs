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

/// A piece of text, and the alternatives that need it.
#[derive(Debug)]
struct Piece {
    text: String,
    needed: Vec<(Anchor, AlternativeId)>,
}

/// Pieces of text that are found in a text at once, by one automaton where they are many.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    added: HashMap<String, Vec<(Anchor, AlternativeId)>>,
    /// The automaton numbers them in this order.
    pieces: Vec<Piece>,
    automaton: Option<AhoCorasick>,
}

impl Pieces {
    /// Adds a piece that is not empty.
    pub(super) fn add(&mut self, piece: String, anchor: Anchor, id: AlternativeId) {
        self.added.entry(piece).or_default().push((anchor, id));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.added.is_empty() && self.pieces.is_empty()
    }

    /// Builds the automaton.
    pub(super) fn compile(&mut self) {
        self.pieces = self.added.drain().map(|(text, needed)| Piece { text, needed }).collect();
        if self.pieces.len() > FEW {
            let texts = self.pieces.iter().map(|piece| &piece.text);
            let small = texts.clone().map(String::len).sum::<usize>() <= SMALL;
            let automaton = AhoCorasick::builder().kind(small.then_some(AhoCorasickKind::DFA)).build(texts);
            // It refuses only what has more than 2 G states.
            self.automaton = Some(automaton.expect("the pieces of some patterns fit into an automaton"));
        }
    }

    /// Hands over the alternatives that need a piece of this text where it stands.
    pub(super) fn within(&self, text: &str, found: &mut impl FnMut(AlternativeId, Lead)) {
        let Some(automaton) = &self.automaton else {
            return self
                .pieces
                .iter()
                .for_each(|piece| piece.hand_over(|| text.starts_with(&piece.text), || text.ends_with(&piece.text), found));
        };
        for hit in automaton.find_overlapping_iter(text) {
            self.pieces[hit.pattern()].hand_over(|| hit.start() == 0, || hit.end() == text.len(), found);
        }
    }
}

impl Piece {
    /// Hands over the alternatives that need it anywhere (they look for themselves), or where it stands.
    fn hand_over(&self, at_start: impl Fn() -> bool, at_end: impl Fn() -> bool, found: &mut impl FnMut(AlternativeId, Lead)) {
        for (anchor, id) in &self.needed {
            match anchor {
                Anchor::Start if at_start() => found(*id, Lead::Sure),
                Anchor::End if at_end() => found(*id, Lead::Sure),
                Anchor::Anywhere => found(*id, Lead::Perhaps),
                Anchor::Start | Anchor::End => {}
            }
        }
    }
}
