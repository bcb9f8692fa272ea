use std::collections::HashMap;

use aho_corasick::AhoCorasick;

use super::AlternativeId;

/// Where in a text a piece must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    End,
    Anywhere,
}

/// Pieces of text, each with the alternatives that need it, found in a text by one automaton.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    needed: HashMap<String, Vec<(Anchor, AlternativeId)>>,
    automaton: Option<AhoCorasick>,
    /// By the automaton's number for a piece.
    by_piece: Vec<Vec<(Anchor, AlternativeId)>>,
}

impl Pieces {
    /// Adds a piece that is not empty.
    pub(super) fn add(&mut self, piece: String, anchor: Anchor, id: AlternativeId) {
        self.needed.entry(piece).or_default().push((anchor, id));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.needed.is_empty() && self.by_piece.is_empty()
    }

    /// Builds the automaton.
    pub(super) fn compile(&mut self) {
        let (pieces, by_piece): (Vec<_>, Vec<_>) = self.needed.drain().unzip();
        if !pieces.is_empty() {
            // It refuses only what has more than 2 G states; then nothing would be found.
            self.automaton = Some(AhoCorasick::new(pieces).expect("the pieces of some patterns fit into an automaton"));
        }
        self.by_piece = by_piece;
    }

    /// Hands over the alternatives that need a piece of this text where it stands.
    pub(super) fn within(&self, text: &str, found: &mut dyn FnMut(AlternativeId)) {
        let Some(automaton) = &self.automaton else { return };
        for hit in automaton.find_overlapping_iter(text) {
            for (anchor, id) in &self.by_piece[hit.pattern()] {
                let stands = match anchor {
                    Anchor::Start => hit.start() == 0,
                    Anchor::End => hit.end() == text.len(),
                    Anchor::Anywhere => true,
                };
                if stands {
                    found(*id);
                }
            }
        }
    }
}
