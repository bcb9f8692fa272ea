//! The world: its time, its programs, and what happens to them. Nothing runs beside anything else; what comes first is told by time, and
//! by the order of being planned where times are the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use waybill_domain::{RunId, Timestamp, Verdict};
use waybill_proof::RunRequest;

use crate::Fault;
use crate::aws::Waiter;
use crate::dice::Dice;
use crate::facts::Facts;
use crate::ledger::MemoryLedger;
use crate::plan::{EPOCH, Plan};
use crate::program::{Outside, Program};
use crate::queue::{Queue, Shape, Taken};
use crate::shrink::Variant;

/// A world that has not ended by then never will.
const LONGEST: i64 = 600_000;

/// How long after everything else the last take-up comes: every deadline has passed then, and nothing is hidden any longer.
const AFTERMATH: i64 = 45_000;

/// Something that is going to happen.
#[derive(Debug)]
pub(crate) enum Event {
    Begins(Arc<RunRequest>),
    Restarts { request: Option<Arc<RunRequest>>, killed_at: Option<(u64, bool)> },
    GoesOn { program: usize, appointment: u64 },
    Reaches { program: usize, generation: u64, outside: Outside },
    PutArrives { program: usize, generation: u64, run: RunId, entries: Vec<u32> },
    ReceiveArrives(Waiter),
    ReceiveEnds(u64),
    Serve,
    Enqueued { run: RunId, entry: u32, event_id: String, shape: Shape },
    DeleteArrives { program: usize, generation: u64, taken: Vec<Taken> },
    HideArrives { program: usize, generation: u64, taken: Vec<(Taken, i64)> },
    ForeignSent,
    ForeignTakes,
    ForeignDone { taken: Vec<Taken>, deletes: bool },
    Revived(usize),
    Stops { run: Option<usize>, millis: i64 },
    ClockSet(i64),
    QueueGoes { millis: i64 },
    RuleChanges,
    Wishes { program: usize, leaves: bool },
    Leaks,
    Sampled,
    Finale,
}

/// A world under a plan.
pub(crate) struct World {
    pub(crate) plan: Plan,
    pub(crate) dice: Dice,
    pub(crate) now: i64,
    pub(crate) agenda: BTreeMap<(i64, u64), Event>,
    planned: u64,
    pub(crate) ledger: MemoryLedger,
    pub(crate) queue: Queue,
    pub(crate) waiters: Vec<Waiter>,
    pub(crate) programs: Vec<Program>,
    pub(crate) requests: Vec<Arc<RunRequest>>,
    pub(crate) facts: Facts,
    /// How far wall time was set away from true time.
    pub(crate) offset: i64,
    /// How far it was set since it was last noticed.
    unnoticed: i64,
    pub(crate) gone_until: i64,
    pub(crate) asleep_until: i64,
    pub(crate) expired: (i64, i64),
    pub(crate) failing: (i64, i64),
    /// When the store stands still once, from the start of the first run, and for how long; none afterwards.
    pub(crate) busy: (i64, i64),
    /// Until when a program does not reach the queue.
    pub(crate) cut_off: Option<(usize, i64)>,
    /// How many answers of receives are lost still.
    pub(crate) losses_left: i64,
    pub(crate) is_rule_changed: bool,
    /// Whether nothing goes wrong any longer.
    pub(crate) is_calm: bool,
    pub(crate) ids: u64,
    /// The number of the newest run that was not planned.
    pub(crate) numbers: u64,
    /// Runs and entries with the faults, that were seen waiting.
    pub(crate) waited: u64,
    pub(crate) story: Option<Vec<String>>,
    pub(crate) wrongs: Vec<String>,
}

impl World {
    pub(crate) fn new(seed: u64, variant: Variant, tells: bool) -> Self {
        let mut dice = Dice::of_seed(seed);
        let plan = Plan::draw(seed, variant, &mut dice.split());
        (0..variant.salt).for_each(|_| dice = dice.split());
        let mut world = Self {
            plan,
            dice,
            now: 0,
            agenda: BTreeMap::new(),
            planned: 0,
            ledger: MemoryLedger::default(),
            queue: Queue::default(),
            waiters: Vec::new(),
            programs: Vec::new(),
            requests: Vec::new(),
            facts: Facts::default(),
            offset: 0,
            unnoticed: 0,
            gone_until: 0,
            asleep_until: 0,
            expired: (0, 0),
            failing: (0, 0),
            busy: (0, 0),
            cut_off: None,
            losses_left: 0,
            is_rule_changed: false,
            is_calm: false,
            ids: 0,
            numbers: 10,
            waited: 0,
            story: tells.then(Vec::new),
            wrongs: Vec::new(),
        };
        world.schedule();
        world
    }

    /// Goes on to the end.
    pub(crate) fn run(&mut self) {
        while let Some(((at, _), event)) = self.agenda.pop_first() {
            self.now = at;
            if at > LONGEST {
                self.wrong(|| "the world does not end".to_owned());
                return;
            }
            self.happens(event);
            if self.is_calm && self.programs.last().is_some_and(|last| !last.is_alive()) {
                return;
            }
            self.consider_the_end();
        }
    }

    pub(crate) fn has(&self, fault: Fault) -> bool {
        !self.is_calm && self.plan.has(fault)
    }

    pub(crate) fn plan(&mut self, after: i64, event: Event) {
        self.planned += 1;
        self.agenda.insert((self.now + after.max(0), self.planned), event);
    }

    pub(crate) fn tell(&mut self, line: impl FnOnce() -> String) {
        let now = self.now;
        if let Some(story) = &mut self.story {
            story.push(format!("{now:>7}  {}", line()));
        }
    }

    pub(crate) fn wrong(&mut self, line: impl FnOnce() -> String) {
        let line = line();
        self.tell(|| format!("WRONG {line}"));
        self.wrongs.push(line);
    }

    fn happens(&mut self, event: Event) {
        // Nothing is started while the computer sleeps.
        if self.asleep_until > self.now && matches!(event, Event::Begins(_) | Event::Restarts { .. } | Event::Finale) {
            let after = self.asleep_until - self.now;
            self.plan(after, event);
            return;
        }
        match event {
            Event::Begins(request) => self.begins(request),
            Event::Restarts { request, killed_at } => {
                let program = self.starts(request);
                self.programs[program].killed_at = killed_at;
            }
            Event::GoesOn { program, appointment } => self.goes_on(program, appointment),
            Event::Reaches { program, generation, outside } => self.reaches(program, generation, outside),
            Event::PutArrives { program, generation, run, entries } => self.put_arrives((program, generation), run, entries),
            Event::ReceiveArrives(waiter) => self.receive_arrives(waiter),
            Event::ReceiveEnds(number) => self.receive_ends(number),
            Event::Serve => self.serve(),
            Event::Enqueued { run, entry, event_id, shape } => self.enqueued(run, entry, event_id, shape),
            Event::DeleteArrives { program, generation, taken } => self.delete_arrives((program, generation), &taken),
            Event::HideArrives { program, generation, taken } => self.hide_arrives((program, generation), &taken),
            Event::ForeignSent => self.foreign_sent(),
            Event::ForeignTakes => self.foreign_takes(),
            Event::ForeignDone { taken, deletes } => self.foreign_done(&taken, deletes),
            Event::Revived(message) => self.revived(message),
            Event::Stops { run, millis } => self.stops(run, millis),
            Event::ClockSet(by) => self.clock_set(by),
            Event::QueueGoes { millis } => self.queue_goes(millis),
            Event::RuleChanges => {
                self.is_rule_changed = true;
                self.tell(|| "the rule is changed".to_owned());
            }
            Event::Wishes { program, leaves } => self.wishes(program, leaves),
            Event::Leaks => self.leaks(),
            Event::Sampled => self.sampled(),
            Event::Finale => {
                self.is_calm = true;
                self.starts(None);
            }
        }
    }

    /// Plans the last take-up once nothing else goes on.
    fn consider_the_end(&mut self) {
        let is_over = self.programs.iter().all(|program| !program.is_alive()) && !self.programs.is_empty();
        let is_coming = |event: &Event| matches!(event, Event::Begins(_) | Event::Restarts { .. } | Event::Finale);
        if is_over && !self.is_calm && !self.agenda.values().any(is_coming) {
            self.plan(AFTERMATH, Event::Finale);
        }
    }

    fn clock_set(&mut self, by: i64) {
        self.tell(|| format!("the wall clock is set by {by} ms"));
        self.offset += by;
        if self.programs.is_empty() {
            return;
        }
        self.unnoticed += by;
        // Small steps are noticed together, or undo each other.
        if self.unnoticed.abs() > 2000 && self.programs.len() <= 1 && !self.stands_still() {
            self.unnoticed = 0;
            self.facts.gap(self.now, self.now + 1, None);
        } else {
            self.facts.doubt(self.now - 200, self.now + 6000, None, "the clock was set by little, or while nobody looked");
        }
    }

    /// Whether programs of this world may not look for a while.
    fn stands_still(&self) -> bool {
        [Fault::Stopped, Fault::Suspended, Fault::StoreBusy].into_iter().any(|fault| self.has(fault))
    }

    fn sampled(&mut self) {
        let now = Timestamp::from_millis(EPOCH + self.now + self.offset);
        for request in self.requests.clone() {
            let closed = self.facts.runs[self.facts.places[&request.run]].closed;
            if closed.is_some() || !self.programs.iter().any(|program| program.held.contains(&request.run)) {
                continue;
            }
            for entry in 0..request.events.len() {
                let judged = self.ledger.judged(request.run, entry, now).verdict;
                self.waited += u64::from(judged == Verdict::Waiting);
            }
        }
    }
}
