//! A store as months of use leave it.

use waybill_domain::{
    ActionId, Content, Counts, EventType, Expectation, IncidentId, Mode, Outgoing, QueueArn, ReadBack, ReadingPlan, RunId, Tally,
    Timestamp, Verdict,
};
use waybill_store::{Circumstances, ClosedVerdict, EntryAnswer, EntryOutcome, Mut, NewArrival, NewPublication, NewRun, Store, StoreError};

/// Events of a run.
const RUN: u32 = 100_000;

/// Events that are written in one transaction.
const BATCH: u32 = 5_000;

/// From the start of one run to the next, in milliseconds; an event leaves every five of them.
const BETWEEN_MS: i64 = 3_600_000;
const STEP_MS: i64 = 5;

/// One event in so many was not read.
const MISSING: u32 = 1_000;

/// What lies in the store.
pub(crate) struct Filled {
    pub(crate) events: u32,
}

impl Filled {
    /// The run that is still open.
    pub(crate) fn open_run(&self) -> RunId {
        run_id(self.events.div_ceil(RUN) - 1)
    }

    /// A run.
    pub(crate) fn some_run(&self, dice: &mut Dice) -> RunId {
        run_id(dice.below(self.events.div_ceil(RUN)))
    }

    /// A moment at which something was sent.
    pub(crate) fn some_moment(&self, dice: &mut Dice) -> Timestamp {
        let (run, entry) = place(dice.below(self.events));
        at(run, entry)
    }

    /// After everything.
    pub(crate) fn now(&self) -> Timestamp {
        at(self.events.div_ceil(RUN) - 1, RUN)
    }
}

/// The run of an event, and its place there.
pub(crate) const fn place(event: u32) -> (u32, u32) {
    (event / RUN, event % RUN)
}

/// Numbers that are the same each time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(limit.max(1))).unwrap()
    }
}

/// How the last run is left.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    Open,
    Closed,
}

/// Fills the store with `events` events.
pub(crate) fn fill(store: &Store, events: u32, last: Last) -> Filled {
    let runs = events.div_ceil(RUN);
    for run in 0..runs {
        let total = RUN.min(events - run * RUN);
        let number = store.write_here(|db| begin(db, run, total)).unwrap();
        for from in (0..total).step_by(BATCH as usize) {
            store.write_here(|db| carry(db, (number, run), from..(from + BATCH).min(total))).unwrap();
        }
        if run + 1 < runs || last == Last::Closed {
            store.write_here(|db| close(db, (number, run), total)).unwrap();
        }
    }
    Filled { events }
}

fn begin(db: &mut Mut<'_>, run: u32, total: u32) -> Result<i64, StoreError> {
    let number = db.insert_run(&NewRun {
        run: run_id(run),
        connection: "sandbox".into(),
        mode: Mode::Partner,
        action: action_id(run % 3),
        action_name: format!("Action {}", run % 3),
        queue_url: "http://queue".into(),
        queue_arn: QueueArn::from_aws("arn:aws:sqs:eu-central-1:123456789012:q"),
        reading: ReadingPlan::Consume,
        transformer: None,
        timeout_ms: 30_000,
        total: total.into(),
        started_at: at(run, 0),
    })?;
    db.insert_circumstances(run_id(run), &Circumstances::default())?;
    let event = |entry| {
        let outgoing = outgoing(run, entry);
        let fingerprint = Content::read(&outgoing.envelope("")).unwrap().fingerprint();
        NewPublication { outgoing, expectation: Expectation::MustArrive, fingerprint }
    };
    db.insert_publications(number, at(run, 0), (0..total).map(event))?;
    Ok(number)
}

fn carry(db: &mut Mut<'_>, (number, run): (i64, u32), entries: std::ops::Range<u32>) -> Result<(), StoreError> {
    let first = db.read().first_publication(run_id(run))?.unwrap();
    for entry in entries {
        let (event_id, request_id) = (scattered(run, entry, 1), scattered(run, entry / 20, 2));
        let left = at(run, entry);
        db.mark_leaving(number, &[entry], left)?;
        let outcome = EntryOutcome::Accepted(&event_id);
        db.record_answers(number, [EntryAnswer { entry, outcome, request_id: Some(&request_id), at: left.plus_millis(4) }])?;
        if entry % MISSING != 0 {
            let copy = ReadBack { event_id: Some(event_id.clone()), at: left.plus_millis(20), differs: None };
            let (message_id, body) = (scattered(run, entry, 3), outgoing(run, entry).envelope(&event_id));
            let arrival =
                NewArrival { message_id: &message_id, fingerprint: None, body: &body, sent_at: Some(left), receive_count: 1, copy };
            db.insert_arrival((number, first + i64::from(entry)), &arrival, None)?;
        }
    }
    Ok(())
}

fn close(db: &mut Mut<'_>, (number, run): (i64, u32), total: u32) -> Result<(), StoreError> {
    let verdict = |entry: u32| match entry % MISSING {
        0 => ClosedVerdict { verdict: Verdict::Missing, reason: Some("it was not read".to_owned()), received_at: None, latency_ms: None },
        _ => {
            let read = at(run, entry).plus_millis(20);
            ClosedVerdict { verdict: Verdict::Delivered, reason: None, received_at: Some(read), latency_ms: Some(20) }
        }
    };
    db.record_verdicts(number, (0..total).map(|entry| (entry, verdict(entry))))?;
    let missing = u64::from(total.div_ceil(MISSING));
    let counts = Counts { missing, delivered: u64::from(total) - missing, ..Counts::default() };
    db.close_run(run_id(run), at(run, total), false, &Tally { counts, ..Tally::default() })
}

fn at(run: u32, entry: u32) -> Timestamp {
    Timestamp::from_millis(1_628_237_776_154 + i64::from(run) * BETWEEN_MS + i64::from(entry) * STEP_MS)
}

fn run_id(number: u32) -> RunId {
    format!("00000000-0000-4000-8000-{number:012}").parse().unwrap()
}

/// The id of an alert action.
pub(crate) fn action_id(number: u32) -> ActionId {
    format!("00000000-0000-4000-9000-{number:012}").parse().unwrap()
}

/// The incident of an event.
pub(crate) fn incident(run: u32, entry: u32) -> IncidentId {
    IncidentId(3_710_705 + i64::from(run * RUN + entry) / 9)
}

/// An id that lies anywhere among the others, as AWS's do.
pub(crate) fn scattered(run: u32, place: u32, kind: u64) -> String {
    let mut dice = Dice(u64::from(run * RUN + place).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ kind);
    let mut next = || dice.below(u32::MAX);
    let (one, two, three) = (next(), next(), next());
    format!("{one:08x}-{:04x}-{:04x}-{:04x}-{:04x}{three:08x}", two >> 16, two & 0xffff, kind, one & 0xffff)
}

fn outgoing(run: u32, entry: u32) -> Outgoing {
    let incident = incident(run, entry);
    let text = "Published by Waybill to prove delivery, with about as many words as an alert has that somebody wrote by hand";
    Outgoing {
        source: "aws.partner/ilert.com/test/1".parse().unwrap(),
        event_type: EventType::ALL[entry as usize % EventType::ALL.len()],
        detail: format!(
            r#"{{"id":"{incident}","summary":"Waybill test incident","details":"{text}","priority":"HIGH","status":"PENDING"}}"#
        ),
        incident,
        time: at(run, entry).cut_to_second(),
        account: "123456789012".parse().unwrap(),
        region: "eu-central-1".parse().unwrap(),
    }
}
