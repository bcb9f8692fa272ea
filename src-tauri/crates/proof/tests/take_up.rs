//! Interrupted runs that are taken up, by a clock of their own.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;

use uuid::Uuid;
use waybill_domain::{
    ActionId, EventType, Evidence, Expectation, IncidentId, Mode, QueueArn, ReadingPlan, RunId, RunState, RunSummary, Sending, Tally,
    Timestamp,
};
use waybill_proof::{
    Close, Effect, EntryRecord, Handled, Happened, Machine, PollerReport, QueueRef, Receive, ReceiveFailure, RunRecord, TakeUp, WhichRuns,
};

const TIMEOUT_MS: i64 = 3000;
const TICK_MS: i64 = 50;

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn run(number: u128) -> RunId {
    RunId::new(Uuid::from_u128(number))
}

/// A run with one event, accepted long ago, whose program may have a receive open until `reads_until`.
fn record(number: u128, accepted: i64, reads_until: Option<i64>) -> RunRecord {
    let sending = Sending::Accepted { left: at(accepted), at: at(accepted), event_id: format!("event {number}") };
    let entry = EntryRecord {
        event_type: EventType::Created,
        incident: IncidentId(1),
        request_id: None,
        evidence: Evidence { sending, ..Evidence::planned(Expectation::MustArrive) },
    };
    RunRecord {
        summary: RunSummary {
            run: run(number),
            connection: "sandbox".to_owned(),
            mode: Mode::Partner,
            action: ActionId::new(Uuid::nil()),
            action_name: "Ops".to_owned(),
            state: RunState::Interrupted,
            started_at: at(0),
            closed_at: None,
            total: 1,
            tally: Tally::default(),
            gaps: 0,
            receives: 0,
            amended: false,
            proven: false,
        },
        queue: QueueRef { url: "queue".to_owned(), arn: QueueArn::from_aws("arn:aws:sqs:eu-central-1:1:q".to_owned()) },
        reading: ReadingPlan::Consume,
        timeout_ms: TIMEOUT_MS,
        transformer: None,
        poller: PollerReport { read_through: Some(at(100)), reads_until: reads_until.map(at), ..PollerReport::default() },
        entries: vec![entry],
        seen: 0,
    }
}

/// What happens around a take-up: every receive ends after its wait with the same answer.
struct Around {
    now: i64,
    next_tick: i64,
    open: BTreeSet<(Timestamp, Timestamp)>,
    answer: Result<Vec<Handled>, ReceiveFailure>,
    records: Vec<RunRecord>,
    /// What was committed of each run's poller, in order.
    told: Vec<(RunId, PollerReport)>,
    closed: Vec<RunId>,
    /// How long the next commit takes.
    stall_ms: i64,
}

impl Around {
    fn perform(&mut self, effect: Effect) -> Option<Happened> {
        match effect {
            Effect::LookForInterrupted { .. } => {
                Some(Happened::Interrupted(self.records.iter().map(|record| record.summary.run).collect()))
            }
            Effect::Resume { run } => {
                let place = self.records.iter().position(|record| record.summary.run == run);
                Some(Happened::Resumed(place.map(|place| Box::new(self.records.remove(place)))))
            }
            Effect::LookForArrivals { run, .. } => Some(Happened::Arrived { run, arrivals: Vec::new() }),
            Effect::Close { run, .. } => {
                self.closed.push(run);
                Some(Happened::Closed(Close::Closed))
            }
            Effect::Listening { run, report } => {
                self.told.push((run, report));
                self.now += std::mem::take(&mut self.stall_ms);
                None
            }
            Effect::Receive { started, wait_s } => {
                self.open.insert((started.plus_millis(i64::from(wait_s) * 1000), started));
                None
            }
            _ => None,
        }
    }

    fn next(&mut self) -> Happened {
        if let Some((finished, started)) = self.open.first().copied().filter(|(due, _)| due.as_millis() <= self.next_tick) {
            self.open.remove(&(finished, started));
            self.now = finished.as_millis();
            let wait_ms = finished.millis_since(started);
            return Happened::Received(vec![Receive { started, wait_ms, finished, result: self.answer.clone() }]);
        }
        self.now = self.now.max(self.next_tick);
        self.next_tick = self.now + TICK_MS;
        Happened::Ticked { slipped: false }
    }
}

/// Takes runs up at `now`, to the end; answers when that was, and what was done.
fn taken_up(
    which: WhichRuns,
    now: i64,
    records: Vec<RunRecord>,
    answer: Result<Vec<Handled>, ReceiveFailure>,
) -> (Around, Vec<RunSummary>) {
    taken_up_slowly(which, (now, 0), records, answer)
}

/// The same, with a first commit that takes so long.
fn taken_up_slowly(
    which: WhichRuns,
    (now, stall_ms): (i64, i64),
    records: Vec<RunRecord>,
    answer: Result<Vec<Handled>, ReceiveFailure>,
) -> (Around, Vec<RunSummary>) {
    let mut around = Around { now, next_tick: now, open: BTreeSet::new(), answer, records, told: Vec::new(), closed: Vec::new(), stall_ms };
    let mut machine = TakeUp::of_queue("queue".to_owned(), which, at(now));
    while !machine.has_ended() {
        while let Some(effect) = machine.next(at(around.now)) {
            let answer = around.perform(effect);
            answer.into_iter().for_each(|answer| machine.happened(answer, at(around.now)));
        }
        let happened = around.next();
        machine.happened(happened, at(around.now));
        assert!(around.now < now + 60_000, "it ends");
    }
    let summaries = machine.into_summaries();
    (around, summaries)
}

fn unreached() -> ReceiveFailure {
    ReceiveFailure { why: "no route to AWS".to_owned(), may_have_taken: false, is_gone: false }
}

#[test]
fn a_run_whose_queue_does_not_answer_stays_open_and_nothing_of_it_is_called_unknown() {
    let (around, summaries) = taken_up(WhichRuns::All, 9000, vec![record(1, 0, None)], Err(unreached()));
    assert_eq!((around.closed, summaries[0].state), (vec![], RunState::Interrupted), "whoever reaches AWS takes it up");
    assert_eq!(summaries[0].tally.counts.unknown, 0, "nobody has looked yet");
    let gone = ReceiveFailure { is_gone: true, ..unreached() };
    let (around, summaries) = taken_up(WhichRuns::All, 9000, vec![record(1, 0, None)], Err(gone));
    assert_eq!((around.closed, summaries[0].tally.counts.unknown), (vec![run(1)], 1), "a queue that is gone will never answer");
}

#[test]
fn a_run_before_its_deadline_is_followed_until_then_or_left_as_was_asked_for() {
    for (which, closed, earliest) in [(WhichRuns::All, vec![run(1)], 8000 + TIMEOUT_MS), (WhichRuns::AsTheyAre, vec![], 9000)] {
        let (around, _) = taken_up(which, 9000, vec![record(1, 8000, None)], Ok(Vec::new()));
        assert_eq!(around.closed, closed, "{which:?}");
        assert!((earliest..earliest + 4000).contains(&around.now), "{which:?} ends in time: {}", around.now);
    }
    let (around, summaries) = taken_up(WhichRuns::Due, 9000, vec![record(1, 8000, None), record(2, 0, None)], Ok(Vec::new()));
    assert_eq!((around.closed, summaries.len()), (vec![run(2)], 1), "only what is due");
}

#[test]
fn what_the_program_that_is_gone_took_along_is_waited_for() {
    let hidden_until = 9500 + 10_000;
    let (around, _) = taken_up(WhichRuns::All, 9000, vec![record(1, 0, Some(9500))], Ok(Vec::new()));
    assert!((hidden_until..hidden_until + 4000).contains(&around.now), "it is back in the queue by then: {}", around.now);
    let (around, _) = taken_up(WhichRuns::AsTheyAre, 9000, vec![record(1, 0, Some(9500))], Ok(Vec::new()));
    assert!(around.now < 12_000, "unless they are to be judged as they are: {}", around.now);
}

#[test]
fn one_of_several_runs_speaks_to_other_readers_for_all() {
    let (around, _) = taken_up(WhichRuns::All, 9000, vec![record(1, 0, Some(9500)), record(2, 8000, Some(9900))], Ok(Vec::new()));
    let of = |number| around.told.iter().filter(move |(told, _)| *told == run(number)).map(|(_, report)| report);
    assert_eq!(of(2).map(|report| report.reads_until).collect::<Vec<_>>(), [None], "nobody waits for the second one");
    let first = of(1).next().unwrap();
    assert_eq!(first.reads_until, Some(at(9900)), "before, the first one tells what either program may hide");
    assert!(first.read_through < Some(at(9000)), "and vouches for nothing meanwhile: {:?}", first.read_through);
    assert!(of(1).next_back().unwrap().read_through > Some(at(19_000)), "but once everything is back");
}

#[test]
fn a_store_that_takes_long_keeps_nobody_from_reading() {
    let (around, _) = taken_up_slowly(WhichRuns::Due, (9000, 7000), vec![record(1, 0, None)], Ok(Vec::new()));
    assert_eq!(around.closed, [run(1)], "the queue was read when the store was back");
    assert!(around.now > 16_000);
}
