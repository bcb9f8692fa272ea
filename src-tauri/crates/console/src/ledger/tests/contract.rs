//! What every ledger must hold, said once and tried on both: that of the store, and that in which the machines of a proof are simulated. A
//! world of the simulation is worth as much as the two are alike.

use std::sync::Arc;

use tempfile::TempDir;
use uuid::Uuid;
use waybill_delivery::{
    ANSWER_WITHIN_MS, ActionRef, Answer, Close, Closing, Hold, Ledger, Outcome, Ownership, Pace, PlannedEvent, PollerReport, QueueRef,
    Received, RunRequest,
};
use waybill_domain::{
    ActionId, EventType, Expectation, IncidentId, Judgement, Mode, Outgoing, QueueArn, RunId, Sending, Tally, Timestamp, Verdict,
};
use waybill_simulation::SharedLedger;
use waybill_store::Store;

use crate::ledger::StoreLedger;

const URL: &str = "http://queue";
const OURS: &str = "cb5fbc21-5156-2073-1f94-116d1dadae0e";
const THEIRS: &str = "11111111-5156-2073-1f94-116d1dadae0e";

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(1_700_000_000_000 + millis)
}

/// A ledger with a run of three events that is held.
struct Stage {
    name: &'static str,
    ledger: Arc<dyn Ledger>,
    request: Arc<RunRequest>,
    hold: Option<Box<dyn Hold>>,
    _folder: TempDir,
}

/// One of each kind of ledger.
fn both() -> Vec<Stage> {
    let folder = tempfile::tempdir().unwrap();
    let store = StoreLedger::new(Store::open(folder.path()).unwrap(), super::world::now);
    let ledgers: [(&str, Arc<dyn Ledger>); 2] = [("store", Arc::new(store)), ("simulation", Arc::new(SharedLedger::default()))];
    let mut stages = Vec::new();
    let mut folder = Some(folder);
    for (name, ledger) in ledgers {
        let request = request(1);
        let hold = Some(ledger.begin(Arc::clone(&request), at(0)).unwrap());
        let _folder = folder.take().unwrap_or_else(|| tempfile::tempdir().unwrap());
        stages.push(Stage { name, ledger, request, hold, _folder });
    }
    stages
}

fn request(number: u128) -> Arc<RunRequest> {
    let incident = i64::try_from(number).unwrap();
    let expectations = [Expectation::MustArrive, Expectation::MustArrive, Expectation::Withheld];
    let events = EventType::ALL.into_iter().zip(expectations);
    let events = events.map(|(event_type, expectation)| PlannedEvent { outgoing: outgoing(incident, event_type), expectation });
    Arc::new(RunRequest {
        run: RunId::new(Uuid::from_u128(number)),
        connection: "sandbox".into(),
        mode: Mode::Partner,
        action: ActionRef { id: ActionId::new(Uuid::nil()), name: "Ops".into() },
        queue: QueueRef { url: URL.into(), arn: QueueArn::from_aws("arn:aws:sqs:eu-central-1:123456789012:q".to_owned()) },
        events: events.collect::<Vec<_>>().into(),
        reading: waybill_domain::ReadingPlan::Consume,
        timeout_ms: 1000,
        schedule: None,
        pace: Pace::default(),
        transformer: None,
    })
}

fn outgoing(incident: i64, event_type: EventType) -> Outgoing {
    Outgoing {
        source: "aws.partner/ilert.com/test/1".parse().unwrap(),
        event_type,
        detail: format!(r#"{{"id":"{incident}","eventType":"{event_type}","priority":"HIGH"}}"#),
        incident: IncidentId(incident),
        time: at(0),
        account: "123456789012".parse().unwrap(),
        region: "eu-central-1".parse().unwrap(),
    }
}

fn received(message_id: &str, body: String, millis: i64) -> Received {
    Received { message_id: message_id.into(), body, sent_at: None, at: at(millis), receive_count: 1 }
}

impl Stage {
    fn run(&self) -> RunId {
        self.request.run
    }

    fn leaves(&self, entries: &[u32]) {
        self.ledger.leaving(self.run(), entries.to_vec(), at(10)).unwrap();
    }

    fn is_accepted(&self, entry: u32, event_id: &str) {
        let outcome = Outcome::Accepted { event_id: event_id.into() };
        self.ledger.answered(self.run(), vec![Answer { entry, outcome, request_id: Some("r".into()), at: at(20) }]).unwrap();
    }

    fn envelope(&self, entry: u32, event_id: &str) -> String {
        self.request.events.get(entry).outgoing.envelope(event_id)
    }

    fn reads(&self, message_id: &str, body: String, millis: i64) -> Ownership {
        self.ledger.arrived(vec![received(message_id, body, millis)]).unwrap()[0]
    }

    /// The copies of the run: entry, id in the envelope, and whether it is as it was sent.
    fn copies(&self) -> Vec<(u32, Option<String>, bool)> {
        let arrivals = self.ledger.arrivals_of(self.run(), 0).unwrap();
        arrivals.into_iter().map(|arrival| (arrival.entry, arrival.copy.event_id.clone(), arrival.copy.is_equal())).collect()
    }

    fn closes(&self, seen: i64) -> Close {
        let judgement = |verdict| Judgement { verdict, reason: Some("so it is".into()), received_at: None, latency_ms: None, copies: 0 };
        let judgements = [Verdict::Missing, Verdict::NotSent, Verdict::HeldBack].map(judgement).into_iter().collect();
        let (tally, poller) = (Tally::default(), PollerReport { receives: 3, ..PollerReport::default() });
        self.ledger.close(self.run(), Closing { at: at(5000), judgements, tally, proven: false, poller, seen }).unwrap()
    }
}

#[test]
fn a_copy_that_is_read_before_the_answer_belongs_to_what_is_leaving() {
    for stage in both() {
        stage.leaves(&[0]);
        assert_eq!(stage.reads("m1", stage.envelope(0, OURS), 15), Ownership::Own, "{}", stage.name);
        stage.is_accepted(0, OURS);
        assert_eq!(stage.copies(), [(0, Some(OURS.into()), true)], "{}", stage.name);
    }
}

#[test]
fn the_id_decides_and_other_content_is_kept_as_a_difference() {
    for stage in both() {
        stage.leaves(&[0]);
        stage.is_accepted(0, OURS);
        assert_eq!(stage.reads("m1", stage.envelope(0, OURS).replace("HIGH", "LOW"), 30), Ownership::Own, "{}", stage.name);
        assert_eq!(stage.reads("m2", stage.request.events.get(0).outgoing.detail, 31), Ownership::Own, "its bare detail");
        assert_eq!(stage.reads("m3", format!("event {OURS} happened"), 32), Ownership::Own, "a text with its id");
        let ours = || Some(OURS.to_owned());
        assert_eq!(stage.copies(), [(0, ours(), false), (0, None, false), (0, ours(), false)], "{}", stage.name);
    }
}

#[test]
fn the_same_message_received_again_is_own_and_no_further_copy() {
    for stage in both() {
        stage.leaves(&[0]);
        stage.is_accepted(0, OURS);
        for _ in 0..3 {
            assert_eq!(stage.reads("m1", stage.envelope(0, OURS), 30), Ownership::Own, "{}", stage.name);
        }
        assert_eq!(stage.copies().len(), 1, "{}", stage.name);
        assert_eq!(stage.reads("m2", stage.envelope(0, OURS), 31), Ownership::Own);
        assert_eq!(stage.copies().len(), 2, "{}: another message id is another copy", stage.name);
    }
}

#[test]
fn what_is_somebody_elses_is_foreign_once_no_answer_can_claim_it() {
    for stage in both() {
        let other = || stage.envelope(0, THEIRS).replace("HIGH", "LOW");
        let text = || format!("event {THEIRS} happened");
        for body in ["order 7", "{}", r#"{"order":7}"#, r#"{"id":"99","eventType":"incident-created"}"#] {
            assert_eq!(stage.reads("f", body.into(), 5), Ownership::Foreign, "{}: {body}", stage.name);
        }
        assert_eq!(stage.reads("f", other(), 5), Ownership::Foreign, "{}: nothing left yet", stage.name);
        stage.leaves(&[0]);
        assert_eq!(stage.reads("f", other(), 15), Ownership::Undecided, "{}: the answer may name it", stage.name);
        assert_eq!(stage.reads("f", text(), 15), Ownership::Undecided, "{}", stage.name);
        assert_eq!(stage.reads("f", text(), 11 + ANSWER_WITHIN_MS), Ownership::Foreign, "{}: no answer comes so late", stage.name);
        stage.is_accepted(0, OURS);
        assert_eq!(stage.reads("f", other(), 25), Ownership::Foreign, "{}", stage.name);
        assert_eq!(stage.reads("f", text(), 25), Ownership::Foreign, "{}", stage.name);
        assert_eq!(stage.copies(), [], "{}: nothing of it was kept", stage.name);
    }
}

#[test]
fn what_could_be_either_of_two_is_never_guessed() {
    for stage in both() {
        // The same incident and type in another run, as nothing but a defect would make it.
        let mut twin = (*request(2)).clone();
        twin.events = stage.request.events.clone();
        let _held = stage.ledger.begin(Arc::new(twin.clone()), at(0)).unwrap();
        stage.leaves(&[0]);
        stage.ledger.leaving(twin.run, vec![0], at(10)).unwrap();
        assert_eq!(stage.reads("m1", stage.envelope(0, OURS), 15), Ownership::Undecided, "{}", stage.name);
        stage.is_accepted(0, OURS);
        assert_eq!(stage.reads("m1", stage.envelope(0, OURS), 25), Ownership::Own, "{}: the answer names it", stage.name);
        let lost = Outcome::Unknown { why: "no answer".into() };
        stage.ledger.answered(twin.run, vec![Answer { entry: 0, outcome: lost, request_id: None, at: at(30) }]).unwrap();
        assert_eq!(stage.reads("m2", stage.envelope(0, THEIRS), 35), Ownership::Own, "{}: the other has none", stage.name);
        assert_eq!(stage.copies().len(), 1, "{}", stage.name);
        assert_eq!(stage.ledger.arrivals_of(twin.run, 0).unwrap().len(), 1, "{}", stage.name);
    }
}

#[test]
fn arrivals_are_told_in_the_order_of_their_commits_and_only_after_a_number() {
    for stage in both() {
        stage.leaves(&[0, 1]);
        stage.is_accepted(0, OURS);
        stage.is_accepted(1, THEIRS);
        let messages = vec![received("m1", stage.envelope(1, THEIRS), 40), received("m2", stage.envelope(0, OURS), 30)];
        assert_eq!(stage.ledger.arrived(messages).unwrap(), [Ownership::Own; 2], "{}", stage.name);
        let all = stage.ledger.arrivals_of(stage.run(), 0).unwrap();
        assert_eq!(all.iter().map(|arrival| arrival.entry).collect::<Vec<_>>(), [1, 0], "{}", stage.name);
        assert_eq!(stage.ledger.arrivals_of(stage.run(), all[0].id).unwrap(), all[1..], "{}", stage.name);
        assert_eq!(stage.ledger.arrivals_of(stage.run(), all[1].id).unwrap(), [], "{}", stage.name);
    }
}

#[test]
fn a_run_is_closed_only_when_its_verdicts_take_every_arrival_into_account() {
    for stage in both() {
        stage.leaves(&[0]);
        stage.is_accepted(0, OURS);
        stage.reads("m1", stage.envelope(0, OURS), 30);
        assert_eq!(stage.closes(0), Close::MoreArrivals, "{}", stage.name);
        let seen = stage.ledger.arrivals_of(stage.run(), 0).unwrap()[0].id;
        assert_eq!(stage.closes(seen), Close::Closed, "{}", stage.name);
        assert_eq!(stage.reads("m2", stage.envelope(0, OURS), 6000), Ownership::Own, "{}: own after the close, too", stage.name);
        assert_eq!(stage.copies().len(), 2, "{}", stage.name);
    }
}

#[test]
fn an_interrupted_run_is_taken_over_by_one_program_as_it_was_left() {
    for mut stage in both() {
        let (ledger, run) = (Arc::clone(&stage.ledger), stage.run());
        stage.leaves(&[0, 1]);
        stage.is_accepted(0, OURS);
        stage.reads("m1", stage.envelope(0, OURS), 30);
        let poller = PollerReport { receives: 7, read_through: Some(at(40)), reads_until: Some(at(90)), ..PollerReport::default() };
        ledger.listening(run, poller.clone()).unwrap();
        assert!(ledger.resume(run).unwrap().is_none(), "{}: it is held", stage.name);
        assert_eq!(ledger.interrupted(URL.into()).unwrap(), [], "{}", stage.name);
        drop(stage.hold.take());
        assert_eq!(ledger.interrupted("http://another".into()).unwrap(), [], "{}", stage.name);
        assert_eq!(ledger.interrupted(URL.into()).unwrap(), [run], "{}", stage.name);
        let (hold, record) = ledger.resume(run).unwrap().unwrap();
        assert!(ledger.resume(run).unwrap().is_none(), "{}: one program only", stage.name);
        assert_eq!((record.poller, record.timeout_ms, record.summary.started_at), (poller, 1000, at(0)), "{}", stage.name);
        let sendings: Vec<Sending> = record.entries.iter().map(|entry| entry.evidence.sending.clone()).collect();
        let accepted = Sending::Accepted { left: at(10), at: at(20), event_id: OURS.into() };
        assert_eq!(sendings, [accepted, Sending::Leaving { at: at(10) }, Sending::Withheld { at: at(0) }], "{}", stage.name);
        assert_eq!(record.entries.iter().map(|entry| entry.evidence.copies.len()).collect::<Vec<_>>(), [1, 0, 0], "{}", stage.name);
        assert_eq!(record.entries[0].request_id.as_deref(), Some("r"), "{}", stage.name);
        assert_eq!(record.seen, ledger.arrivals_of(run, 0).unwrap()[0].id, "{}", stage.name);
        drop(hold);
        assert_eq!(ledger.interrupted(URL.into()).unwrap(), [run], "{}: let go, it waits for the next one", stage.name);
        assert_eq!(stage.closes(record.seen), Close::Closed);
        assert_eq!(ledger.interrupted(URL.into()).unwrap(), [], "{}", stage.name);
        assert!(ledger.resume(run).unwrap().is_none(), "{}: a closed run is left alone", stage.name);
    }
}

#[test]
fn others_are_told_who_may_hold_messages_and_whether_it_lives() {
    for mut stage in both() {
        let (ledger, run) = (Arc::clone(&stage.ledger), stage.run());
        let other = request(2);
        let _other_hold = ledger.begin(Arc::clone(&other), at(0)).unwrap();
        let readers = || ledger.readers(URL.into(), other.run).unwrap();
        assert_eq!(readers(), [], "{}: no receive was ever open", stage.name);
        let reading = PollerReport { read_through: Some(at(40)), reads_until: Some(at(90)), ..PollerReport::default() };
        ledger.listening(run, reading).unwrap();
        let told = |alive| waybill_delivery::Reader { alive, read_through: Some(at(40)), reads_until: at(90) };
        assert_eq!(readers(), [told(true)], "{}", stage.name);
        assert_eq!(ledger.readers(URL.into(), run).unwrap(), [], "{}: not whoever asks", stage.name);
        assert_eq!(ledger.readers("http://another".into(), other.run).unwrap(), [], "{}", stage.name);
        drop(stage.hold.take());
        assert_eq!(readers(), [told(false)], "{}: what it took stays hidden for a while", stage.name);
    }
}

#[test]
fn programs_go_by_one_clock_as_long_as_a_run_is_open() {
    for stage in both() {
        let clock = |boot: &str, started| stage.ledger.clock(boot.to_owned(), started);
        assert_eq!(clock("a", at(100)).unwrap(), at(100), "{}", stage.name);
        assert_eq!(clock("a", at(700)).unwrap(), at(100), "{}: the clock was set", stage.name);
        assert_eq!(clock("b", at(900)).unwrap(), at(900), "{}: another boot", stage.name);
        assert_eq!(stage.closes(0), Close::Closed);
        assert_eq!(clock("a", at(700)).unwrap(), at(700), "{}: no run counts on the old one", stage.name);
    }
}
