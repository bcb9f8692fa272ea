//! Constellations that chance alone brings about too rarely: mostly two readers of one queue that disturb each other.

use waybill_domain::RunId;

use crate::Fault;
use crate::dice::Dice;
use crate::queue::{Origin, Taken};
use crate::schedule::START;
use crate::world::{Event, World};

/// A constellation. The first run is the one that is misled in it; the second one is its neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scene {
    /// The neighbour comes just before the only event of the first run, so that it may take it.
    Met,
    /// Nothing goes wrong but that some copies are lost: what is concluded beside a neighbour is as certain as alone.
    Beside,
    /// The neighbour stands still with a receive open, which takes what comes before the deadline.
    Standing,
    /// The neighbour loses an answer with what the first run waits for, and mostly cannot read for a while.
    Losing,
    /// Answers of receives are slow, some around the deadline.
    Slow,
    /// What comes after the close is read by a later run.
    ReadLater,
    /// A program is killed and started again beside a neighbour that goes on.
    Restarted,
    /// What cannot be decided is held, while answers to requests are lost.
    Undecided,
    /// The neighbour leaves with messages in hand that cannot be decided, and letting them go is mostly in vain.
    LetGo,
    /// The queue is deep when the deadline comes.
    Deep,
}

impl Scene {
    /// All but those that are of one fault alone.
    pub(crate) const MIXED: [Self; 9] = [
        Self::Beside,
        Self::Standing,
        Self::Losing,
        Self::Slow,
        Self::ReadLater,
        Self::Restarted,
        Self::Undecided,
        Self::LetGo,
        Self::Deep,
    ];

    /// What goes wrong in it.
    pub(crate) fn faults(self, dice: &mut Dice) -> u64 {
        use Fault as F;
        let (always, sometimes): (&[F], &[F]) = match self {
            Self::Met => (&[F::Neighbour], &[]),
            Self::Beside => (&[F::Neighbour], &[F::Loss]),
            Self::Standing => (&[F::Neighbour, F::Stopped], &[F::StoreBusy]),
            Self::Losing => (&[F::Neighbour, F::ReceiveLost], &[]),
            Self::Slow => (&[F::Delay], &[F::Neighbour, F::StoreBusy]),
            Self::ReadLater => (&[F::Delay, F::Neighbour], &[F::Change, F::Copy, F::Leaked, F::Again]),
            Self::Restarted => (&[F::Neighbour, F::Killed], &[F::Delay, F::AnswerLost]),
            Self::Undecided => (&[F::Neighbour, F::Change, F::AnswerLost], &[F::Left, F::DeleteLost, F::StoreBusy]),
            Self::LetGo => (&[F::Neighbour, F::Change, F::Left, F::DeleteLost], &[]),
            Self::Deep => (&[F::Foreign, F::Delay], &[F::Neighbour, F::ReceiveLost]),
        };
        let some = sometimes.iter().filter(|_| dice.percent(50));
        always.iter().chain(some).fold(0, |faults, fault| faults | fault.bit())
    }

    /// How many events a run has.
    pub(crate) const fn many(self, is_first: bool, dice: &mut Dice) -> Option<i64> {
        match (self, is_first) {
            (Self::Met, true) => Some(1),
            (Self::Met, false) => Some(dice.between(7, 11)),
            (Self::Standing | Self::Losing | Self::Restarted, true) => Some(dice.between(1, 4)),
            _ => None,
        }
    }

    /// How long events may take, in milliseconds.
    pub(crate) const fn timeouts(self, is_first: bool) -> Option<&'static [i64]> {
        match (self, is_first) {
            (Self::Met, _) | (Self::Standing, false) => Some(&[6000]),
            (Self::Standing | Self::Deep, true) => Some(&[1500, 3000]),
            // Also about as long as a lost answer hides messages.
            (Self::Losing, true) => Some(&[1500, 3000, 9000, 9100, 9200, 9400]),
            (Self::Losing, false) => Some(&[14_000]),
            (Self::Slow, true) => Some(&[800, 1500, 3000, 12_000]),
            (Self::Slow | Self::ReadLater | Self::LetGo, _) => Some(&[800, 1500, 3000]),
            _ => None,
        }
    }

    /// When the neighbour starts.
    pub(crate) const fn neighbour_starts(self, dice: &mut Dice) -> Option<i64> {
        match self {
            Self::Met => Some(dice.between(2050, 2600)),
            Self::Standing | Self::Losing => Some(START + dice.between(-400, 300)),
            Self::Undecided | Self::LetGo => Some(START + dice.between(-600, -100)),
            Self::ReadLater => Some(START + dice.between(4500, 7500)),
            _ => None,
        }
    }

    /// How long a copy of a run's event is on its way.
    pub(crate) fn delay(self, is_first: bool, timeout: i64, dice: &mut Dice) -> Option<i64> {
        let before = |dice: &mut Dice, most: i64| (timeout - dice.between(0, most)).max(1);
        match (self, is_first) {
            (Self::Met, _) => Some(dice.between(1100, 2900)),
            (Self::Standing, true) => Some(before(dice, 1600)),
            (Self::Losing, true) if timeout < 5000 => Some(before(dice, 2600)),
            (Self::Losing, true) => Some((timeout - 9000).max(0) + dice.between(20, 300)),
            (Self::Slow | Self::Deep, true) if dice.percent(60) => Some(before(dice, 1200) + dice.between(0, 10)),
            (Self::ReadLater, true) if dice.percent(60) => Some(timeout + dice.between(1800, 5000)),
            (Self::Standing | Self::Losing | Self::Slow | Self::Deep | Self::ReadLater | Self::LetGo, _) => Some(dice.between(1, 40)),
            _ => None,
        }
    }
}

impl World {
    /// Whether the plan is this scene.
    pub(crate) fn is_scene(&self, scene: Scene) -> bool {
        self.plan.scene == Some(scene) && !self.is_calm
    }

    /// Plans what belongs to a scene beside its faults.
    pub(crate) fn schedule_scene(&mut self) {
        let deadline = START + self.plan.runs[0].request.timeout_ms;
        match self.plan.scene {
            Some(Scene::Standing) => {
                let at = deadline - self.dice.between(0, 1700);
                let millis = self.dice.one_of(&[700, 1500, 2500, 4000, 9000]);
                self.plan(at, Event::Stops { run: Some(1), millis });
            }
            Some(Scene::Losing) => self.losses_left = self.dice.one_of(&[1, 1, 2]),
            Some(Scene::Deep) => {
                for _ in 0..self.dice.between(20, 45) {
                    let at = deadline - self.dice.between(-100, 1500);
                    self.plan(at, Event::ForeignSent);
                }
            }
            _ => {}
        }
    }

    /// Whether a program makes the run that is planned at a place.
    pub(crate) fn makes(&self, program: usize, place: usize) -> bool {
        let run = |place: usize| self.plan.runs.get(place).map(|run| run.request.run);
        self.programs[program].request.as_ref().is_some_and(|request| Some(request.run) == run(place))
    }

    /// Whether the answer of a receive is lost.
    pub(crate) fn is_answer_lost(&mut self, program: usize, taken: &[Taken]) -> bool {
        if !self.has(Fault::ReceiveLost) || self.losses_left == 0 {
            return false;
        }
        let is_lost = match self.is_scene(Scene::Losing) {
            true => self.makes(program, 1) && self.has_message_of(self.plan.runs[0].request.run, taken) && self.dice.percent(85),
            false => self.dice.percent(28),
        };
        self.losses_left -= i64::from(is_lost);
        if is_lost && self.is_scene(Scene::Losing) && self.dice.percent(85) {
            let until = self.now + self.dice.between(6000, 13_000);
            self.cut_off = Some((program, until));
            self.tell(|| format!("program {program} does not reach the queue until {until}"));
        }
        is_lost
    }

    fn has_message_of(&self, ours: RunId, taken: &[Taken]) -> bool {
        let origin = |one: &Taken| &self.queue.messages[one.message].origin;
        taken.iter().any(|one| matches!(origin(one), Origin::Event { run, .. } if *run == ours))
    }

    /// How long the answer of a receive that is lost is waited for.
    pub(crate) fn wait_for_lost(&mut self) -> i64 {
        let is_soon = self.is_scene(Scene::Losing) && self.dice.percent(60);
        if is_soon { self.dice.between(5, 300) } else { self.dice.between(5, 2500) }
    }

    /// How long the answer of a request is on its way.
    pub(crate) fn way_of_reply(&mut self) -> i64 {
        let slow = if self.is_scene(Scene::Undecided) || self.is_scene(Scene::LetGo) { 70 } else { 10 };
        if self.dice.percent(slow) { self.dice.between(100, 700) } else { self.way() }
    }

    /// How often in a hundred cases a change of visibility is lost where deletes are.
    pub(crate) fn lost_changes(&self) -> u64 {
        if self.is_scene(Scene::LetGo) { 75 } else { 40 }
    }

    /// When a program is asked to leave, or to stop, from its beginning.
    pub(crate) fn wish_comes(&mut self) -> i64 {
        match self.is_scene(Scene::LetGo) {
            true => START - self.now + self.dice.between(40, 400),
            false => self.soon_or_later(),
        }
    }

    /// The place of the run whose program is asked: where something is held that cannot be decided, it may be the neighbour's.
    pub(crate) fn leaver(&self) -> usize {
        usize::from(self.is_scene(Scene::LetGo) || self.is_scene(Scene::Undecided) && self.plan.is_slow)
    }

    /// How long the answer of a receive is on its way.
    pub(crate) fn way_of_answer(&mut self, taken: &[Taken]) -> i64 {
        let is_slow = self.is_scene(Scene::Slow) && !taken.is_empty() && self.dice.percent(45);
        match () {
            () if !is_slow => self.way(),
            () if self.dice.percent(10) => self.dice.between(5500, 9000),
            () => self.dice.between(300, 2600),
        }
    }
}
