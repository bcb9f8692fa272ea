//! What a machine is about to do and to decide, in order.

use std::collections::VecDeque;

use super::Effect;

/// One step.
#[derive(Debug)]
pub(super) enum Step<D> {
    /// To be done by whoever drives the machine.
    Do(Effect),
    /// To be decided by the machine, once everything before is done.
    Then(D),
}

/// The steps ahead. What follows from a step comes before what was ahead already.
#[derive(Debug)]
pub(super) struct Agenda<D>(VecDeque<Step<D>>);

impl<D> Agenda<D> {
    pub(super) const fn new() -> Self {
        Self(VecDeque::new())
    }

    pub(super) fn next(&mut self) -> Option<Step<D>> {
        self.0.pop_front()
    }

    /// Puts steps, in their order, before all that are ahead.
    pub(super) fn first<I>(&mut self, steps: I)
    where
        I: IntoIterator<Item = Step<D>>,
        I::IntoIter: DoubleEndedIterator,
    {
        steps.into_iter().rev().for_each(|step| self.0.push_front(step));
    }

    /// Puts effects, in their order, before all that is ahead.
    pub(super) fn first_do(&mut self, effects: Vec<Effect>) {
        self.first(effects.into_iter().map(Step::Do));
    }

    /// Puts decisions, in their order, before all that is ahead.
    pub(super) fn first_then<const N: usize>(&mut self, decisions: [D; N]) {
        self.first(decisions.map(Step::Then));
    }
}
