//! A world from its seed to what was wrong in it.

use std::collections::BTreeMap;

use waybill_domain::{Counts, Judgement, ReadingPlan, RunState, Timestamp, Verdict};
use waybill_proof::Closing;

use crate::Fault;
use crate::facts::{Disturbance, Kind, RunFacts};
use crate::oracle::Case;
use crate::queue::{Message, Origin};
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
    /// Events of which the truth cannot be told from outside, by the reason.
    pub undecided: BTreeMap<&'static str, u64>,
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
        undecided: BTreeMap::new(),
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
        undecided: BTreeMap::new(),
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
        for (entry, judgement) in closing.judgements.iter() {
            let case = Case { world: self, run, entry };
            let right = case.right();
            if !right.verdicts.contains(&judgement.verdict) {
                let (is, reason) = (judgement.verdict, &judgement.reason);
                let gaps: Vec<String> = closing.poller.gaps.iter().map(|gap| format!("{} to {}: {}", gap.from, gap.to, gap.why)).collect();
                let right = format!("{:?}: {}", right.verdicts, right.because);
                wrongs.push(format!("{}/{entry} is {is:?} ({reason:?}), with gaps {gaps:?}, and not {right}", run.run));
            }
            if right.verdicts.len() > 1 {
                *outcome.undecided.entry(right.because).or_default() += 1;
            }
            self.check_judgement(&case, &judgement, wrongs);
            outcome.verdicts.push(judgement.verdict);
        }
        self.check_closing(run, closing, wrongs);
    }

    /// What stands beside a verdict is true, too.
    fn check_judgement(&self, case: &Case<'_>, judgement: &Judgement, wrongs: &mut Vec<String>) {
        let (run, entry, verdict) = (case.run, case.entry, judgement.verdict);
        let mut wrong = |what: String| wrongs.push(format!("{}/{entry} is {verdict:?} and {what}", run.run));
        if matches!(verdict, Verdict::Unknown | Verdict::Late | Verdict::Missing | Verdict::Changed) && judgement.reason.is_none() {
            wrong("does not say why".to_owned());
        }
        if let Some(copies) = case.copies().filter(|copies| *copies as u64 != judgement.copies) {
            wrong(format!("has {} copies, but {copies} were read", judgement.copies));
        }
        let decided = matches!(verdict, Verdict::Delivered | Verdict::Duplicate | Verdict::Late | Verdict::Changed | Verdict::Unexpected);
        if decided && case.copies().is_some() {
            let told = judgement.received_at.map(|at| (self.began_with(run.program, at), judgement.latency_ms));
            let right = case.times(verdict);
            if told != right {
                wrong(format!("says that it was read at {told:?}, which is {right:?}"));
            }
        }
        if run.told.get(&entry).is_some_and(|told| *told != verdict && !run.is_taken_up) {
            wrong(format!("its program last said {:?}", run.told.get(&entry)));
        }
        let amended = self.ledger.event(run.run, entry).amended;
        if case.copies().is_some() && !case.is_amended_by(amended) {
            wrong(format!("was amended by {amended:?}, and not by {:?}", case.amendments()));
        }
    }

    /// The verdict on a run, and its counts.
    fn check_closing(&self, run: &RunFacts, closing: &Closing, wrongs: &mut Vec<String>) {
        let mut wrong = |what: String| wrongs.push(format!("{} {what}", run.run));
        let mut counts = Counts::default();
        let mut is_fulfilled = !run.events.is_empty();
        for (entry, judgement) in closing.judgements.iter() {
            counts.add(judgement.verdict, 1);
            is_fulfilled &= match self.expectation(run.run, entry).must_arrive() {
                true => matches!(judgement.verdict, Verdict::Delivered | Verdict::Duplicate),
                false => judgement.verdict == Verdict::HeldBack,
            };
        }
        if closing.judgements.len() != run.events.len() {
            wrong(format!("has {} verdicts for {} events", closing.judgements.len(), run.events.len()));
        }
        if closing.tally.counts != counts {
            wrong(format!("counts {:?}, and its verdicts are {counts:?}", closing.tally.counts));
        }
        if closing.proven != (is_fulfilled && closing.poller.gaps.is_empty()) {
            wrong(format!("is proven: {}", closing.proven));
        }
        if closing.proven && run.is_taken_up {
            wrong("was left alone, and is proven".to_owned());
        }
        if closing.proven
            && let Some(gap) = self.certain_gap(run)
        {
            wrong(format!("is proven, although its queue was not read from {} to {}", gap.from, gap.to));
        }
        let ended = run.ended.as_ref().filter(|ended| ended.state == RunState::Closed);
        if ended.is_some_and(|ended| ended.tally != closing.tally || ended.proven != closing.proven) {
            wrong(format!("is told to have ended as {ended:?}"));
        }
    }

    /// A span in the life of a run in which its queue certainly was not read.
    fn certain_gap(&self, run: &RunFacts) -> Option<&Disturbance> {
        let begun = run.events.iter().flat_map(|event| event.attempts.first()).map(|attempt| attempt.left).min()?;
        let ours = |one: &&Disturbance| one.kind == Kind::Gap && one.program.is_none_or(|program| program == run.program);
        self.facts.disturbances.iter().filter(ours).find(|one| one.from > begun + 120 && one.to + 120 < run.closed.unwrap_or(0))
    }

    /// Every foreign message is where its consumers find it, and was looked at no more often than was announced.
    fn check_foreign(&self, wrongs: &mut Vec<String>) {
        let foreign = || self.queue.messages.iter().filter(|message| matches!(message.origin, Origin::Foreign));
        let is_hidden = |message: &&Message| message.gone.is_none() && !message.is_visible(self.now + 31_000);
        let hidden = foreign().filter(is_hidden).count();
        if hidden > 0 {
            wrongs.push(format!("{hidden} foreign messages stay hidden"));
        }
        let announced = match self.plan.reading {
            ReadingPlan::Peek { passes, .. } if self.plan.is_pure => passes,
            _ => u32::MAX,
        };
        if let Some(message) = foreign().find(|message| message.looks > announced) {
            wrongs.push(format!("message {} was looked at {} times, and {announced} were announced", message.id, message.looks));
        }
    }
}
