//! A world from its seed to what was wrong in it.

use waybill_domain::{Timestamp, Verdict};

use crate::Fault;
use crate::oracle::Case;
use crate::queue::Origin;
use crate::world::World;

/// How a world ended.
#[derive(Debug)]
pub struct Outcome {
    /// The fault that it was about.
    pub fault: Fault,
    /// Whether nothing else went wrong in it.
    pub is_pure: bool,
    /// All faults, as bits.
    pub faults: u64,
    /// The verdict on every event of every run that was closed.
    pub verdicts: Vec<Verdict>,
    /// How often an event of an open run was seen waiting.
    pub waited: u64,
    /// Events of which it could not be told from outside whether reading was disturbed.
    pub undecided: u64,
    /// What was wrong, as sentences.
    pub wrongs: Vec<String>,
}

/// Goes through the world of a seed. A panic is as wrong as a wrong verdict.
pub fn simulate(seed: u64) -> Outcome {
    std::panic::catch_unwind(|| outcome(&mut World::new(seed, false))).unwrap_or_else(|_| Outcome {
        fault: Fault::None,
        is_pure: false,
        faults: 0,
        verdicts: Vec::new(),
        waited: 0,
        undecided: 0,
        wrongs: vec!["it panics".to_owned()],
    })
}

/// The same, with all that happened, line by line.
pub fn story(seed: u64) -> (Outcome, Vec<String>) {
    let mut world = World::new(seed, true);
    let outcome = outcome(&mut world);
    (outcome, world.story.take().unwrap_or_default())
}

fn outcome(world: &mut World) -> Outcome {
    world.run();
    let mut outcome = Outcome {
        fault: world.plan.primary,
        is_pure: world.plan.is_pure,
        faults: world.plan.faults(),
        verdicts: Vec::new(),
        waited: world.waited,
        undecided: 0,
        wrongs: Vec::new(),
    };
    let mut wrongs = Vec::new();
    for place in 0..world.facts.runs.len() {
        world.check_run(place, &mut outcome, &mut wrongs);
    }
    world.check_foreign(&mut wrongs);
    for wrong in wrongs {
        world.wrong(|| wrong);
    }
    outcome.wrongs = std::mem::take(&mut world.wrongs);
    outcome
}

impl World {
    /// The world's time at a time of the clock with which a run's program began.
    pub(crate) fn began_with(&self, program: usize, at: Timestamp) -> i64 {
        at.as_millis() - self.programs[program].first_clock
    }

    fn check_run(&self, place: usize, outcome: &mut Outcome, wrongs: &mut Vec<String>) {
        let run = &self.facts.runs[place];
        if !self.ledger.has_run(run.run) {
            return;
        }
        let Some(closing) = self.ledger.closing(run.run) else {
            wrongs.push(format!("{} was never closed", run.run));
            return;
        };
        let mut is_fulfilled = !run.events.is_empty();
        for (entry, judgement) in closing.judgements.iter() {
            let right = Case { world: self, run, entry }.right();
            if !right.verdicts.contains(&judgement.verdict) {
                let (is, reason) = (judgement.verdict, &judgement.reason);
                wrongs.push(format!("{}/{entry} is {is:?} ({reason:?}) and not {:?}: {}", run.run, right.verdicts, right.because));
            }
            if judgement.verdict == Verdict::Unknown && judgement.reason.is_none() {
                wrongs.push(format!("{}/{entry} is Unknown and does not say why", run.run));
            }
            outcome.undecided += u64::from(right.verdicts.len() > 1);
            outcome.verdicts.push(judgement.verdict);
            is_fulfilled &= match self.expectation(run.run, entry).must_arrive() {
                true => matches!(judgement.verdict, Verdict::Delivered | Verdict::Duplicate),
                false => judgement.verdict == Verdict::HeldBack,
            };
        }
        if closing.judgements.len() != run.events.len() {
            wrongs.push(format!("{} has {} verdicts for {} events", run.run, closing.judgements.len(), run.events.len()));
        }
        if closing.proven != (is_fulfilled && closing.poller.gaps.is_empty()) {
            wrongs.push(format!("{} is proven: {}", run.run, closing.proven));
        }
        if run.is_taken_up && closing.proven {
            wrongs.push(format!("{} was left alone, and is proven", run.run));
        }
    }

    /// Every foreign message is where its consumers find it.
    fn check_foreign(&self, wrongs: &mut Vec<String>) {
        let foreign = self.queue.messages.iter().filter(|message| matches!(message.origin, Origin::Foreign) && message.gone.is_none());
        let hidden = foreign.filter(|message| !message.is_visible(self.now + 31_000)).count();
        if hidden > 0 {
            wrongs.push(format!("{hidden} foreign messages stay hidden"));
        }
    }
}
