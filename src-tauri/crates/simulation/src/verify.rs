//! A world from its seed to what was wrong in it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use waybill_domain::{Counts, Judgement, ReadingPlan, RunState, Timestamp, Verdict};
use waybill_proof::Closing;

use crate::Fault;
use crate::facts::{Disturbance, Kind, RunFacts};
use crate::oracle::Case;
use crate::queue::{Message, Origin};
use crate::shrink::Variant;
use crate::world::World;

/// How a world ended.
#[derive(Debug)]
pub struct Outcome {
    /// The fault that it was about.
    pub fault: Fault,
    /// Whether nothing else went wrong in it.
    pub is_pure: bool,
    /// All faults, as bits.
    pub(crate) faults: u64,
    /// The verdict on every event of every run that was closed.
    pub verdicts: Vec<Verdict>,
    /// How often an event of an open run was seen waiting.
    pub waited: u64,
    /// Events of which the truth cannot be told from outside, by the reason.
    pub undecided: BTreeMap<&'static str, u64>,
    /// What was wrong, as sentences.
    pub wrongs: Vec<String>,
}

/// How long a pass through somebody else's queue keeps a message at most.
const LONGEST_PASS: i64 = 6000;

impl Outcome {
    /// All that goes wrong by itself.
    pub fn faults(&self) -> impl Iterator<Item = Fault> {
        let faults = self.faults;
        Fault::ALL.into_iter().filter(move |fault| faults & fault.bit() != 0)
    }
}

/// Goes through the world of a seed. A panic is as wrong as a wrong verdict.
pub fn simulate(seed: u64) -> Outcome {
    simulate_variant(seed, Variant::WHOLE)
}

/// The same, with all that happened, line by line.
pub fn story(seed: u64) -> (Outcome, Vec<String>) {
    story_of(seed, Variant::WHOLE)
}

pub(crate) fn simulate_variant(seed: u64, variant: Variant) -> Outcome {
    outcome(&mut World::new(seed, variant, false))
}

pub(crate) fn story_of(seed: u64, variant: Variant) -> (Outcome, Vec<String>) {
    let mut world = World::new(seed, variant, true);
    let outcome = outcome(&mut world);
    (outcome, world.story.take().unwrap_or_default())
}

/// The faults of a seed's world, as bits.
pub(crate) fn faults_of(seed: u64) -> u64 {
    World::new(seed, Variant::WHOLE, false).plan.faults()
}

fn outcome(world: &mut World) -> Outcome {
    let has_panicked = catch_unwind(AssertUnwindSafe(|| world.run())).is_err();
    let mut outcome = Outcome {
        fault: world.plan.primary,
        is_pure: world.plan.is_pure,
        faults: world.plan.faults(),
        verdicts: Vec::new(),
        waited: world.waited,
        undecided: BTreeMap::new(),
        wrongs: Vec::new(),
    };
    if has_panicked {
        outcome.wrongs.push("it panics".to_owned());
        return outcome;
    }
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
            let case = Case::new(self, run, entry);
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
        if case.alike().first() == Some(&entry) && case.alike().len() > 1 && !self.shares_copies(case) {
            wrong("with those of the same content it has other copies than were read".to_owned());
        }
        if run.told.get(&entry).is_some_and(|told| *told != verdict && !run.is_taken_up) {
            wrong(format!("its program last said {:?}", run.told.get(&entry)));
        }
        if verdict == Verdict::Rejected && case.was_given_up_early() {
            wrong("could have been sent again".to_owned());
        }
        let amended = self.ledger.event(run.run, entry).amended;
        if case.copies().is_some() && !case.is_amended_by(amended) {
            wrong(format!("was amended by {amended:?}, and not by {:?}", case.amendments()));
        }
    }

    /// Whether the copies of events with the same content are all told, each of one event.
    fn shares_copies(&self, case: &Case<'_>) -> bool {
        let Some(closing) = self.ledger.closing(case.run.run) else { return false };
        let alike = case.alike();
        let told: u64 = closing.judgements.iter().filter(|(entry, _)| alike.contains(entry)).map(|(_, judgement)| judgement.copies).sum();
        told == case.read_alike().len() as u64
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
        self.check_sums(run, closing, &mut wrong);
        let ended = run.ended.as_ref().filter(|ended| ended.state == RunState::Closed);
        if ended.is_some_and(|ended| ended.tally != closing.tally || ended.proven != closing.proven) {
            wrong(format!("is told to have ended as {ended:?}"));
        }
    }

    /// What is said of all events together is the sum of what is said of each.
    fn check_sums(&self, run: &RunFacts, closing: &Closing, wrong: &mut impl FnMut(String)) {
        let tally = &closing.tally;
        let cases = || (0u32..).zip(&run.events).map(|(entry, _)| Case::new(self, run, entry));
        let (published, accepted) = cases().fold((0, 0), |(published, accepted), case| {
            (published + u64::from(case.was_published()), accepted + u64::from(case.was_accepted()))
        });
        if (tally.published, tally.accepted) != (published, accepted) {
            wrong(format!("counts {} published and {} accepted, and not {published} and {accepted}", tally.published, tally.accepted));
        }
        let is_read = |verdict| matches!(verdict, Verdict::Delivered | Verdict::Duplicate | Verdict::Late);
        let read = closing.judgements.iter().filter(|(_, judgement)| is_read(judgement.verdict));
        let mut latencies: Vec<i64> = read.filter_map(|(_, judgement)| judgement.latency_ms).collect();
        latencies.sort_unstable();
        // The smallest that so many of a hundred do not exceed.
        let within = |percent: usize| {
            let exceeds = |most: &&i64| latencies.iter().filter(|one| one <= most).count() * 100 < latencies.len() * percent;
            latencies.iter().find(|one| !exceeds(one)).copied()
        };
        let right = [within(50), within(95), within(99), within(100)];
        let told = [tally.latency.p50, tally.latency.p95, tally.latency.p99, tally.latency.max];
        if told != right {
            wrong(format!("says latencies of {told:?}, and they are {right:?}"));
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
            ReadingPlan::Peek { passes, .. } => passes * u32::try_from(self.requests.len()).unwrap_or(0) + self.facts.resumed,
            _ => u32::MAX,
        };
        self.check_spared(wrongs);
        if let Some(message) = foreign().find(|message| message.looks > announced) {
            wrongs.push(format!("message {} was looked at {} times, and {announced} were announced", message.id, message.looks));
        }
    }

    /// What its consumer could hardly spare any more was looked at once at most, and nothing was held for longer than a pass takes.
    fn check_spared(&self, wrongs: &mut Vec<String>) {
        let ReadingPlan::Peek { max_receive_count, .. } = self.plan.reading else { return };
        if !self.plan.is_pure || self.facts.resumed > 0 {
            return;
        }
        for message in self.queue.messages.iter().filter(|message| matches!(message.origin, Origin::Foreign)) {
            if message.looks > 1 && max_receive_count.is_some_and(|most| message.receives >= most) {
                wrongs.push(format!("message {} was received {} times, looked at {} times", message.id, message.receives, message.looks));
            }
            if let Some(hold) = message.holds.iter().find(|hold| hold.until - hold.from > LONGEST_PASS) {
                wrongs.push(format!("message {} was held from {} to {}", message.id, hold.from, hold.until));
            }
        }
    }
}
