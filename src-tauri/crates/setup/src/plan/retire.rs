//! What an earlier set-up of this chain made and nothing wants any more, for example a rule under its former name.

use super::{Look, Step};
use crate::record::Part;

/// The last made comes first. A queue is never removed here: there may be events in it; an undo removes it.
pub(super) fn steps(look: Look<'_>, wanted: &[Step]) -> Vec<Step> {
    let is_wanted = |part: &Part| wanted.iter().any(|step| step.part.as_ref() == Some(part));
    let stays = |part: &Part| matches!(part, Part::Queue { .. } | Part::RuleEnabled { .. } | Part::Activation { .. });
    let made = look.record.map(|record| record.made_parts()).unwrap_or_default();
    made.into_iter().rev().filter(|part| !stays(part) && !is_wanted(part)).map(Step::retire).collect()
}
