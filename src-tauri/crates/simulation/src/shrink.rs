//! A shorter story in which the same goes wrong: faults and events are left out one by one while it still does.

use crate::Fault;
use crate::verify::{self, Outcome};

/// How many ways of the dice are tried for what is left of a world.
const SALTS: u64 = 40;

/// What is left out of a seed's world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Variant {
    /// Faults, as bits.
    pub(crate) without: u64,
    /// Most events of a run.
    pub(crate) most_events: i64,
    /// How the dice fall.
    pub(crate) salt: u64,
}

impl Variant {
    /// Nothing is left out.
    pub(crate) const WHOLE: Self = Self { without: 0, most_events: i64::MAX, salt: 0 };

    /// What may be left out beside what is left out already.
    fn less(self) -> impl Iterator<Item = Self> {
        let faults = Fault::ALL.into_iter().map(Fault::bit).filter(move |bit| self.without & bit == 0);
        let faults = faults.map(move |bit| Self { without: self.without | bit, ..self });
        [1, 2, 4]
            .into_iter()
            .filter(move |most| *most < self.most_events)
            .map(move |most_events| Self { most_events, ..self })
            .chain(faults)
    }
}

/// The shortest story that was found in which the same goes wrong as in a seed's world; none where nothing does.
pub fn shortest(seed: u64) -> Option<(Outcome, Vec<String>)> {
    let fails_as = |variant: Variant| verify::simulate_variant(seed, variant).wrongs.first().map(|wrong| kind(wrong));
    let wanted = fails_as(Variant::WHOLE)?;
    let salted = |variant: Variant| {
        let mut salts = (0..SALTS).map(|salt| Variant { salt, ..variant });
        salts.find(|variant| fails_as(*variant).as_ref() == Some(&wanted))
    };
    let mut best = Variant::WHOLE;
    while let Some(less) = best.less().filter(|less| has_effect(seed, best, *less)).find_map(salted) {
        best = less;
    }
    let all = (0..SALTS).map(|salt| Variant { salt, ..best }).chain([best]).filter(|variant| fails_as(*variant).as_ref() == Some(&wanted));
    all.map(|variant| verify::story_of(seed, variant)).min_by_key(|(_, story)| story.len())
}

/// Whether a fault that is left out is there at all.
fn has_effect(seed: u64, before: Variant, less: Variant) -> bool {
    let left_out = less.without & !before.without;
    left_out == 0 || verify::faults_of(seed) & left_out != 0
}

/// What is wrong, whatever the numbers in it.
fn kind(wrong: &str) -> String {
    wrong.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1).collect::<Vec<_>>().join(" ")
}
