//! What a seed draws: the runs of a world, and what goes wrong in it.

use std::sync::{Arc, LazyLock};

use uuid::Uuid;
use waybill_domain::{ActionId, EventType, Expectation, IncidentId, Mode, Outgoing, ReadingPlan, RunId, Timestamp};
use waybill_proof::{ActionRef, Pace, PlannedEvent, QueueRef, RunRequest};

use crate::Fault;
use crate::dice::Dice;
use crate::scene::Scene;
use crate::schedule::START;
use crate::shrink::Variant;

/// Wall time at the beginning of every world.
pub(crate) const EPOCH: i64 = 1_700_000_000_000;

/// A detail that is larger than any request.
static TOO_LARGE: LazyLock<String> = LazyLock::new(|| "x".repeat(Outgoing::SIZE_LIMIT));

/// A detail that EventBridge refuses.
pub(crate) const MALFORMED: &str = "{";

/// What a seed draws.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The fault that the world is about.
    pub(crate) primary: Fault,
    /// Whether nothing else goes wrong.
    pub(crate) is_pure: bool,
    faults: u64,
    /// Whether a copy takes up to half of the time that it has.
    pub(crate) is_slow: bool,
    /// The constellation that it is about beside its faults.
    pub(crate) scene: Option<Scene>,
    /// How its queue is read.
    pub(crate) reading: ReadingPlan,
    pub(crate) runs: Vec<PlannedRun>,
}

/// A run and when its program starts, in milliseconds from the beginning.
#[derive(Debug)]
pub(crate) struct PlannedRun {
    pub(crate) start: i64,
    pub(crate) request: Arc<RunRequest>,
}

impl Plan {
    pub(crate) fn draw(seed: u64, variant: Variant, dice: &mut Dice) -> Self {
        let primary = Fault::ALL[usize::try_from(seed % Fault::ALL.len() as u64).unwrap_or(0)];
        let is_pure = dice.percent(85);
        let scene = match is_pure {
            true => (primary == Fault::Neighbour && dice.percent(97)).then_some(Scene::Met),
            false => dice.percent(80).then(|| dice.one_of(&Scene::MIXED)),
        };
        let mut faults = scene.map_or(primary.bit(), |scene| scene.faults(dice));
        if !is_pure && scene.is_none() {
            (0..dice.between(1, 4)).for_each(|_| faults |= dice.one_of(&Fault::ALL).bit());
        }
        faults &= !variant.without;
        let lags = matches!(primary, Fault::Left | Fault::NeighbourKilled | Fault::Stopped | Fault::Suspended | Fault::Peek);
        let is_slow = dice.percent(match primary {
            Fault::ReceiveLost => 10,
            _ if lags => 85,
            _ => 50,
        });
        let mut plan = Self { primary, is_pure, faults, is_slow, scene, reading: ReadingPlan::Consume, runs: Vec::new() };
        if plan.has(Fault::Peek) {
            let passes = u32::try_from(dice.between(1, 5)).unwrap_or(1);
            let max_receive_count = dice.percent(50).then(|| passes + 2);
            plan.reading = ReadingPlan::Peek { passes, max_receive_count };
        }
        if plan.reading == ReadingPlan::Consume && dice.percent(10) {
            plan.reading = ReadingPlan::Mirror;
        }
        plan.draw_runs(variant.most_events, dice);
        plan
    }

    pub(crate) const fn has(&self, fault: Fault) -> bool {
        self.faults & fault.bit() != 0
    }

    /// All faults as bits.
    pub(crate) const fn faults(&self) -> u64 {
        self.faults
    }

    fn draw_runs(&mut self, most: i64, dice: &mut Dice) {
        let many = match self.primary {
            Fault::ReceiveLost => dice.between(8, 16),
            _ => dice.between(4, 12),
        };
        let many = self.scene.and_then(|scene| scene.many(true, dice)).unwrap_or(many).min(most);
        let request = self.request(0, many, self.has(Fault::Twins), dice);
        self.runs.push(PlannedRun { start: START, request });
        // A reader that loses an answer hides what the other one waits for.
        let is_beside_a_loss = self.primary == Fault::ReceiveLost && self.is_pure && dice.percent(40);
        if self.has(Fault::Neighbour) || self.has(Fault::NeighbourKilled) || is_beside_a_loss {
            let many = self.scene.and_then(|scene| scene.many(false, dice)).unwrap_or_else(|| dice.between(3, 7)).min(most);
            let request = self.request_of(1, many, dice);
            let start = match self.scene.and_then(|scene| scene.neighbour_starts(dice)) {
                Some(start) => start,
                // Alone, so that nobody reads what it leaves when it is killed.
                None if self.has(Fault::NeighbourKilled) && dice.percent(85) => dice.between(8000, 9500),
                None => dice.between(0, 2500),
            };
            self.runs.push(PlannedRun { start, request });
        }
    }

    /// A further run, made by a program that follows another.
    pub(crate) fn request_of(&self, number: u64, many: i64, dice: &mut Dice) -> Arc<RunRequest> {
        self.request(number, many, false, dice)
    }

    fn request(&self, number: u64, many: i64, twins: bool, dice: &mut Dice) -> Arc<RunRequest> {
        let mut events = Vec::new();
        for entry in 0..many {
            let is_plain = matches!(self.scene, Some(Scene::Met | Scene::Restarted)) && number == 0;
            let event = event(i64::try_from(number).unwrap_or(0) * 1000 + entry / 9 + 1, entry, is_plain, dice);
            let is_twin = twins && event.expectation == Expectation::MustArrive && dice.percent(50);
            events.extend(is_twin.then(|| event.clone()));
            events.push(event);
        }
        let schedule = dice.percent(15).then(|| (0..events.len()).map(|_| dice.between(0, 1500)).collect::<Vec<i64>>());
        Arc::new(RunRequest {
            run: RunId::new(Uuid::from_u128(0x5_0000_0000 + u128::from(number))),
            connection: "sandbox".to_owned(),
            mode: Mode::Partner,
            action: ActionRef { id: ActionId::new(Uuid::nil()), name: "Ops".to_owned() },
            queue: queue(),
            events: events.into(),
            reading: self.reading,
            timeout_ms: dice.one_of(self.timeouts(number == 0)),
            pace: Pace {
                rate: dice.percent(30).then(|| dice.one_of(&[4.0, 10.0, 25.0])),
                publishers: dice.percent(20).then(|| dice.one_of(&[1, 2, 16])),
            },
            schedule: schedule.map(sorted).map(Into::into),
            transformer: None,
        })
    }

    /// How long events may take, in milliseconds: where answers of receives are lost, also about as long as they hide messages.
    fn timeouts(&self, is_first: bool) -> &'static [i64] {
        let usual: &[i64] = if self.has(Fault::ReceiveLost) { &[3000, 9300, 9700, 9900] } else { &[800, 1500, 3000, 6000] };
        self.scene.and_then(|scene| scene.timeouts(is_first)).unwrap_or(usual)
    }
}

fn sorted(mut times: Vec<i64>) -> Vec<i64> {
    times.sort_unstable();
    times
}

/// The one queue of a world.
pub(crate) fn queue() -> QueueRef {
    let arn = waybill_domain::QueueArn::from_aws("arn:aws:sqs:eu-central-1:123456789012:q".to_owned());
    QueueRef { url: "http://queue".to_owned(), arn }
}

fn event(incident: i64, entry: i64, is_plain: bool, dice: &mut Dice) -> PlannedEvent {
    let event_type = EventType::ALL[usize::try_from(entry % 9).unwrap_or(0)];
    let expectation = match dice.between(0, 99) {
        0..=9 if !is_plain => Expectation::Withheld,
        10..=24 if !is_plain => Expectation::MustNotArrive,
        _ => Expectation::MustArrive,
    };
    let detail = match dice.between(0, 99) {
        0..=6 if !is_plain => TOO_LARGE.clone(),
        7..=15 if !is_plain => MALFORMED.to_owned(),
        _ => format!(r#"{{"id":"{incident}","eventType":"{event_type}","priority":"HIGH"}}"#),
    };
    let outgoing = Outgoing {
        source: "aws.partner/ilert.com/test/1".parse().expect("a source"),
        event_type,
        detail,
        incident: IncidentId(incident),
        time: Timestamp::from_millis(EPOCH),
        account: "123456789012".parse().expect("an account"),
        region: "eu-central-1".parse().expect("a region"),
    };
    PlannedEvent { outgoing, expectation }
}
