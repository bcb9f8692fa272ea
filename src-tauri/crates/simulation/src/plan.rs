//! What a seed draws: the runs of a world, and what goes wrong in it.

use std::sync::{Arc, LazyLock};

use uuid::Uuid;
use waybill_domain::{ActionId, EventType, Expectation, IncidentId, Mode, Outgoing, ReadingPlan, RunId, Timestamp};
use waybill_proof::{ActionRef, Pace, PlannedEvent, QueueRef, RunRequest};

use crate::Fault;
use crate::dice::Dice;

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
    pub(crate) runs: Vec<PlannedRun>,
}

/// A run and when its program starts, in milliseconds from the beginning.
#[derive(Debug)]
pub(crate) struct PlannedRun {
    pub(crate) start: i64,
    pub(crate) request: Arc<RunRequest>,
}

impl Plan {
    pub(crate) fn draw(seed: u64, dice: &mut Dice) -> Self {
        let primary = Fault::ALL[usize::try_from(seed % Fault::ALL.len() as u64).unwrap_or(0)];
        let is_pure = dice.percent(85);
        let mut faults = primary.bit();
        if !is_pure {
            (0..dice.between(1, 4)).for_each(|_| faults |= dice.one_of(&Fault::ALL).bit());
        }
        let mut plan = Self { primary, is_pure, faults, is_slow: dice.percent(50), runs: Vec::new() };
        plan.draw_runs(dice);
        plan
    }

    pub(crate) const fn has(&self, fault: Fault) -> bool {
        self.faults & fault.bit() != 0
    }

    /// All faults as bits.
    pub(crate) const fn faults(&self) -> u64 {
        self.faults
    }

    fn draw_runs(&mut self, dice: &mut Dice) {
        let (many, twins) = (dice.between(4, 12), self.has(Fault::Twins));
        let request = request(0, many, twins, dice);
        self.runs.push(PlannedRun { start: 1000, request });
        if self.has(Fault::Neighbour) || self.has(Fault::NeighbourKilled) {
            let many = dice.between(2, 6);
            let request = request_of(1, many, dice);
            self.runs.push(PlannedRun { start: dice.between(0, 2500), request });
        }
    }
}

/// A further run, made by a program that follows another.
pub(crate) fn request_of(number: u64, many: i64, dice: &mut Dice) -> Arc<RunRequest> {
    request(number, many, false, dice)
}

fn request(number: u64, many: i64, twins: bool, dice: &mut Dice) -> Arc<RunRequest> {
    let mut events = Vec::new();
    for entry in 0..many {
        let event = event(i64::try_from(number).unwrap_or(0) * 1000 + entry / 9 + 1, entry, dice);
        let is_twin = twins && event.expectation == Expectation::MustArrive && dice.percent(50);
        events.extend(is_twin.then(|| event.clone()));
        events.push(event);
    }
    Arc::new(RunRequest {
        run: RunId::new(Uuid::from_u128(0x5_0000_0000 + u128::from(number))),
        connection: "sandbox".to_owned(),
        mode: Mode::Partner,
        action: ActionRef { id: ActionId::new(Uuid::nil()), name: "Ops".to_owned() },
        queue: queue(),
        events: events.into(),
        reading: ReadingPlan::Consume,
        timeout_ms: dice.one_of(&[800, 1500, 3000, 6000]),
        pace: Pace { rate: dice.percent(30).then(|| dice.one_of(&[4.0, 10.0, 25.0])), publishers: None },
        schedule: None,
        transformer: None,
    })
}

/// The one queue of a world.
pub(crate) fn queue() -> QueueRef {
    let arn = waybill_domain::QueueArn::from_aws("arn:aws:sqs:eu-central-1:123456789012:q".to_owned());
    QueueRef { url: "http://queue".to_owned(), arn }
}

fn event(incident: i64, entry: i64, dice: &mut Dice) -> PlannedEvent {
    let event_type = EventType::ALL[usize::try_from(entry % 9).unwrap_or(0)];
    let expectation = match dice.between(0, 99) {
        0..=9 => Expectation::Withheld,
        10..=24 => Expectation::MustNotArrive,
        _ => Expectation::MustArrive,
    };
    let detail = match dice.between(0, 99) {
        0..=6 => TOO_LARGE.clone(),
        7..=15 => MALFORMED.to_owned(),
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
