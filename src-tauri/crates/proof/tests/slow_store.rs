//! A run whose store takes long to commit its events, by a clock of its own.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use std::sync::Arc;

use uuid::Uuid;
use waybill_domain::{ActionId, EventType, Expectation, IncidentId, Mode, Outgoing, QueueArn, ReadingPlan, RunId, Timestamp, Verdict};
use waybill_proof::{ActionRef, Close, Closing, Effect, Happened, Machine, Pace, PlannedEvent, QueueRef, Receive, Run, RunRequest};

/// Longer than a loop may stand still.
const COMMIT_MS: i64 = 8000;
const TIMEOUT_MS: i64 = 3000;
const TICK_MS: i64 = 50;

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

/// A run of one event that is withheld.
fn request() -> Arc<RunRequest> {
    let outgoing = Outgoing {
        source: "aws.partner/ilert.com/test/1".parse().unwrap(),
        event_type: EventType::Created,
        detail: "{}".to_owned(),
        incident: IncidentId(1),
        time: at(0),
        account: "123456789012".parse().unwrap(),
        region: "eu-central-1".parse().unwrap(),
    };
    let arn = QueueArn::from_aws("arn:aws:sqs:eu-central-1:123456789012:q".to_owned());
    Arc::new(RunRequest {
        run: RunId::new(Uuid::from_u128(1)),
        connection: "sandbox".to_owned(),
        mode: Mode::Partner,
        action: ActionRef { id: ActionId::new(Uuid::nil()), name: "Ops".to_owned() },
        queue: QueueRef { url: "http://queue".to_owned(), arn },
        reading: ReadingPlan::Consume,
        events: vec![PlannedEvent { outgoing, expectation: Expectation::Withheld }].into(),
        timeout_ms: TIMEOUT_MS,
        pace: Pace::default(),
        schedule: None,
        transformer: None,
    })
}

/// What happens around the run: nothing is in the queue, and only the first commit takes time.
struct Around {
    now: i64,
    next_tick: i64,
    open: BTreeSet<(Timestamp, Timestamp)>,
    withheld: Option<Timestamp>,
    closing: Option<Closing>,
}

impl Around {
    fn perform(&mut self, effect: Effect) -> Option<Happened> {
        match effect {
            Effect::Begin { .. } => self.now += COMMIT_MS,
            Effect::Withhold { at, .. } => self.withheld = Some(at),
            Effect::Receive { started, wait_s } => drop(self.open.insert((started.plus_millis(i64::from(wait_s) * 1000), started))),
            Effect::LookForArrivals { run, .. } => return Some(Happened::Arrived { run, arrivals: Vec::new() }),
            Effect::LookForReaders { .. } => return Some(Happened::Readers(Vec::new())),
            Effect::Close { closing, .. } => {
                self.closing = Some(*closing);
                return Some(Happened::Closed(Close::Closed));
            }
            _ => {}
        }
        None
    }

    fn next(&mut self) -> Happened {
        if let Some((finished, started)) = self.open.first().copied().filter(|(due, _)| due.as_millis() <= self.next_tick) {
            self.open.remove(&(finished, started));
            self.now = finished.as_millis();
            let wait_ms = finished.millis_since(started);
            return Happened::Received(vec![Receive { started, wait_ms, finished, result: Ok(Vec::new()) }]);
        }
        self.now = self.now.max(self.next_tick);
        self.next_tick = self.now + TICK_MS;
        Happened::Ticked { slipped: false }
    }
}

#[test]
fn a_plan_that_takes_long_to_be_committed_is_no_gap_and_is_withheld_from_there() {
    let mut run = Run::begin(request(), at(0), 7);
    let mut around = Around { now: 0, next_tick: 0, open: BTreeSet::new(), withheld: None, closing: None };
    while !run.has_ended() {
        while let Some(effect) = run.next(at(around.now)) {
            let answer = around.perform(effect);
            answer.into_iter().for_each(|answer| run.happened(answer, at(around.now)));
        }
        let happened = around.next();
        run.happened(happened, at(around.now));
        assert!(around.now < 60_000, "it ends");
    }
    let closing = around.closing.unwrap();
    assert_eq!(around.withheld, Some(at(COMMIT_MS)), "committed, so that whoever takes the run up counts from there, too");
    assert_eq!(closing.poller.gaps, [], "nothing of the run was anywhere before");
    assert_eq!((closing.judgements.iter().next().unwrap().1.verdict, closing.proven), (Verdict::HeldBack, true));
    assert!(closing.at >= at(COMMIT_MS + TIMEOUT_MS), "the queue was watched for as long as was asked for: {}", closing.at);
}
