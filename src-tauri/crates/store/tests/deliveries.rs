//! Runs, their events, the copies read of them, and what is listed.
#![allow(clippy::unwrap_used, missing_docs)]

use waybill_domain::{
    ActionId, Content, EventType, Expectation, Gap, IncidentId, Mode, Outgoing, QueueArn, ReadBack, RunId, RunState, Sending, Tallying,
    Timestamp, Verdict, Watch,
};
use waybill_store::{
    ClosedVerdict, DeliveryFilter, EntryAnswer, EntryOutcome, NewArrival, NewPublication, NewRun, PollerRow, RunHolds, Store,
};

const TIMEOUT: i64 = 1000;

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn run_id(number: u32) -> RunId {
    format!("00000000-0000-4000-8000-{number:012}").parse().unwrap()
}

fn action_id(number: u32) -> ActionId {
    format!("00000000-0000-4000-9000-{number:012}").parse().unwrap()
}

fn outgoing(incident: i64, event_type: EventType) -> Outgoing {
    Outgoing {
        source: "aws.partner/ilert.com/test/1".parse().unwrap(),
        event_type,
        detail: format!(r#"{{"id":"{incident}"}}"#),
        incident: IncidentId(incident),
        time: at(0),
        account: "123456789012".parse().unwrap(),
        region: "eu-central-1".parse().unwrap(),
    }
}

fn new_run(number: u32, total: u64) -> NewRun {
    NewRun {
        run: run_id(number),
        connection: "sandbox".into(),
        mode: Mode::Partner,
        action: action_id(number % 2),
        action_name: format!("Action {}", number % 2),
        queue_url: "http://queue".into(),
        queue_arn: QueueArn::from_aws("arn:aws:sqs:eu-central-1:123456789012:q"),
        reading: waybill_domain::ReadingPlan::Consume,
        transformer: None,
        timeout_ms: TIMEOUT,
        total,
        started_at: at(0),
    }
}

struct Folder {
    dir: tempfile::TempDir,
    store: Store,
}

impl Folder {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        Self { dir, store }
    }

    fn holds(&self) -> RunHolds {
        RunHolds::in_folder(self.dir.path())
    }

    /// A run of the nine events, `read` of which were accepted and read back at once; the others were accepted and not read.
    async fn run(&self, number: u32, read: u32) {
        let incident = i64::from(number) * 1000;
        self.store
            .write(move |db| {
                let run = db.insert_run(&new_run(number, 9))?;
                let publication = |event| {
                    let outgoing = outgoing(incident, event);
                    let fingerprint = Content::read(&outgoing.envelope("")).unwrap().fingerprint();
                    NewPublication { outgoing, expectation: Expectation::MustArrive, fingerprint }
                };
                db.insert_publications(run, at(0), EventType::ALL.into_iter().map(publication))?;
                db.mark_leaving(run, &(0..9).collect::<Vec<_>>(), at(1))?;
                for entry in 0..9 {
                    let id = format!("event-{number}-{entry}");
                    let outcome = EntryOutcome::Accepted(&id);
                    db.record_answers(run, [EntryAnswer { entry, outcome, request_id: Some("request"), at: at(5) }])?;
                }
                let first = db.read().first_publication(run_id(number))?.unwrap();
                for entry in 0..read {
                    arrive(db, (run, first + i64::from(entry)), &format!("message-{number}-{entry}"), 9, None)?;
                }
                Ok(())
            })
            .await
            .unwrap();
    }

    /// Closes a run with the verdicts that follow from its rows.
    async fn close(&self, number: u32) {
        self.store
            .write(move |db| {
                let row = db.read().run(run_id(number))?.unwrap();
                let watch = Watch { now: at(9000), swept: Some(at(8000)), gaps: &[], hidden: None, is_shared: false, over: true };
                let mut tally = Tallying::default();
                for publication in db.read().publications_of(row.number, 0)? {
                    let evidence = publication.evidence(&db.read().copies_of(publication.id)?);
                    let judged = evidence.judge(TIMEOUT, &watch);
                    tally.add(&evidence, &judged);
                    let closed = ClosedVerdict {
                        verdict: judged.verdict,
                        reason: judged.reason,
                        received_at: judged.received_at,
                        latency_ms: judged.latency_ms,
                    };
                    db.record_verdicts(row.number, [(publication.entry, closed)])?;
                }
                let tally = tally.finish();
                db.close_run(run_id(number), at(9000), tally.fulfilled == 9, &tally)
            })
            .await
            .unwrap();
    }

    async fn page(&self, filter: DeliveryFilter, before: Option<i64>, limit: u32, now: i64) -> Vec<(i64, Verdict)> {
        let holds = self.holds();
        let page = self.store.read(move |db| db.deliveries(&filter, (before, limit), at(now), &holds)).await.unwrap();
        page.entries.into_iter().map(|entry| (entry.id, entry.report.judgement.verdict)).collect()
    }
}

fn arrive(
    db: &mut waybill_store::Mut<'_>,
    of: (i64, i64),
    message_id: &str,
    millis: i64,
    amends: Option<Verdict>,
) -> Result<i64, waybill_store::StoreError> {
    let copy = ReadBack { event_id: None, at: at(millis), differs: None };
    let arrival = NewArrival { message_id, fingerprint: None, body: "{}", sent_at: None, receive_count: 1, copy };
    db.insert_arrival(of, &arrival, amends)
}

#[tokio::test]
async fn pages_follow_each_other_newest_first_without_a_hole() {
    let folder = Folder::new();
    for number in 1..=3 {
        folder.run(number, 9).await;
        folder.close(number).await;
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = folder.page(DeliveryFilter::default(), before, 4, 9000).await;
        let Some((last, _)) = page.last() else { break };
        before = Some(*last);
        seen.extend(page.into_iter().map(|(id, _)| id));
    }
    assert_eq!(seen, (1..=27).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn filters_narrow() {
    let folder = Folder::new();
    folder.run(1, 9).await;
    folder.run(2, 4).await;
    folder.close(1).await;
    folder.close(2).await;
    let filter = DeliveryFilter::default;
    let missing = DeliveryFilter { verdicts: vec![Verdict::Missing], ..filter() };
    assert_eq!(folder.page(missing, None, 100, 9000).await.len(), 5);
    let of_run = DeliveryFilter { run: Some(run_id(2)), ..filter() };
    assert_eq!(folder.page(of_run, None, 100, 9000).await.len(), 9);
    let of_action = DeliveryFilter { action: Some(action_id(1)), event_types: vec![EventType::Raised], ..filter() };
    assert_eq!(folder.page(of_action, None, 100, 9000).await, [(8, Verdict::Delivered)]);
    for (text, count) in [("2000", 9), ("event-1-3", 1), ("raised", 2), ("request", 18), ("%", 0), ("_", 0), ("nothing", 0)] {
        let with_text = DeliveryFilter { text: Some(text.into()), ..filter() };
        assert_eq!(folder.page(with_text, None, 100, 9000).await.len(), count, "{text}");
    }
    let no_such_run = DeliveryFilter { run: Some(run_id(9)), ..filter() };
    assert_eq!(folder.page(no_such_run, None, 100, 9000).await, []);
}

#[tokio::test]
async fn an_open_run_is_told_as_its_rows_and_its_lock_say() {
    let folder = Folder::new();
    folder.run(1, 4).await;
    let hold = folder.holds().take(run_id(1)).unwrap().unwrap();
    let summary = |now| {
        let holds = folder.holds();
        let store = folder.store.clone();
        async move { store.read(move |db| db.run_summary(run_id(1), at(now), &holds)).await.unwrap().unwrap() }
    };
    let running = summary(9000).await;
    assert_eq!((running.state, running.tally.counts.delivered, running.tally.counts.waiting), (RunState::Running, 4, 5), "still swept");
    drop(hold);
    let before = summary(1005).await;
    assert_eq!((before.state, before.tally.counts.waiting), (RunState::Interrupted, 5), "the deadline is 1005");
    let after = summary(1006).await;
    assert_eq!((after.tally.counts.waiting, after.tally.counts.unknown, after.tally.counts.missing), (0, 5, 0));
    let unknown = DeliveryFilter { verdicts: vec![Verdict::Unknown], ..DeliveryFilter::default() };
    assert_eq!(folder.page(unknown.clone(), None, 100, 1006).await.len(), 5, "filters see the same verdicts as the list");
    assert_eq!(folder.page(unknown, None, 100, 1005).await, []);
}

#[tokio::test]
async fn a_closed_verdict_stands_and_later_copies_are_told_beside_it() {
    let folder = Folder::new();
    folder.run(1, 8).await;
    folder.close(1).await;
    folder.store.write(|db| arrive(db, (1, 9), "late", 9500, Some(Verdict::Late))).await.unwrap();
    let holds = folder.holds();
    let (summary, events) = folder.store.read(move |db| db.run_report(run_id(1), at(9999), &holds)).await.unwrap().unwrap();
    assert!(summary.amended && !summary.proven);
    assert_eq!((summary.tally.counts.missing, summary.tally.counts.late), (1, 0));
    let judged = &events[8].judgement;
    assert_eq!((judged.verdict, judged.copies, judged.received_at), (Verdict::Missing, 1, None));
    assert_eq!(judged.reason.as_deref(), Some("not read back within 1 s; amended: Late at 1970-01-01T00:00:09.500Z"));
}

#[tokio::test]
async fn a_message_received_again_is_no_further_copy() {
    let folder = Folder::new();
    folder.run(1, 1).await;
    let (again, unknown) =
        folder.store.write(|db| Ok((db.received_again("message-1-0", 3)?, db.received_again("another", 1)?))).await.unwrap();
    assert!(again && !unknown);
    let rows = folder.store.read(|db| db.arrivals_of(1)).await.unwrap();
    assert_eq!((rows.len(), rows[0].receive_count), (1, 3));
}

#[tokio::test]
async fn the_poller_and_its_gaps_are_kept_with_the_run() {
    let folder = Folder::new();
    folder.run(1, 1).await;
    let poller = PollerRow {
        receives: 7,
        foreign: 2,
        gaps: vec![Gap { from: at(1), to: at(2), why: "no answer".into() }],
        read_through: Some(at(3)),
        reads_until: Some(at(4)),
    };
    let kept = poller.clone();
    folder.store.write(move |db| db.save_poller(run_id(1), &kept)).await.unwrap();
    let (row, reading, later) = folder
        .store
        .read(|db| Ok((db.run(run_id(1))?, db.runs_reading("http://queue", at(3))?, db.runs_reading("http://queue", at(4))?)))
        .await
        .unwrap();
    assert_eq!(row.unwrap().poller, poller);
    assert_eq!((reading.len(), later.len()), (1, 0));
}

#[tokio::test]
async fn every_attempt_stays_on_the_record() {
    let folder = Folder::new();
    folder.run(1, 0).await;
    let refused =
        |request| EntryAnswer { entry: 0, outcome: EntryOutcome::Rejected("Busy", "wait"), request_id: Some(request), at: at(20) };
    folder.store.write(move |db| db.record_answers(1, [refused("first")])).await.unwrap();
    folder.store.write(|db| db.mark_leaving(1, &[0], at(30))).await.unwrap();
    folder.store.write(move |db| db.record_answers(1, [EntryAnswer { at: at(40), ..refused("second") }])).await.unwrap();
    folder.store.write(|db| db.mark_leaving(1, &[0], at(50))).await.unwrap();
    let attempts = folder.store.read(|db| db.attempts_of(1)).await.unwrap();
    let told: Vec<_> = attempts.iter().map(|one| (one.number, one.left_at, one.answered_at, one.request_id.as_deref())).collect();
    assert_eq!(
        told,
        [(1, at(1), Some(at(20)), Some("first")), (2, at(30), Some(at(40)), Some("second")), (3, at(50), None, None)],
        "the last one is on its way"
    );
    assert_eq!(attempts[2].sending, Sending::Leaving { at: at(50) });
    assert_eq!(attempts[0].sending, Sending::Rejected { left: at(1), code: "Busy".into(), message: "wait".into() });
    assert_eq!(folder.store.read(|db| db.attempts_of(2)).await.unwrap().len(), 1, "its neighbour was sent once");
}

#[tokio::test]
async fn latencies_are_counted_from_sending_oldest_first() {
    let folder = Folder::new();
    folder.run(1, 3).await;
    folder.store.write(|db| arrive(db, (1, 1), "copy", 100, None)).await.unwrap();
    let samples = folder.store.read(|db| db.latencies(&DeliveryFilter::default(), 100)).await.unwrap();
    assert_eq!(samples, [(at(9), 8); 3], "the first copy of each");
}

#[tokio::test]
async fn a_moment_begins_the_list_where_it_lies() {
    let folder = Folder::new();
    folder.run(1, 9).await;
    folder.close(1).await;
    let filter = DeliveryFilter::default;
    let ids = async |filter: DeliveryFilter| folder.page(filter, None, 100, 9000).await.len();
    assert_eq!(ids(DeliveryFilter { until: Some(at(1)), ..filter() }).await, 9, "all left in the first millisecond");
    assert_eq!(ids(DeliveryFilter { until: Some(at(0)), ..filter() }).await, 0);
    assert_eq!(ids(DeliveryFilter { until: Some(at(-1)), ..filter() }).await, 0, "before the first run");
    assert_eq!(ids(DeliveryFilter { from: Some(at(1)), ..filter() }).await, 9);
    assert_eq!(ids(DeliveryFilter { from: Some(at(2)), ..filter() }).await, 0);
    assert_eq!(ids(DeliveryFilter { from: Some(at(9001)), ..filter() }).await, 0, "after the last run was closed");
}

#[tokio::test]
async fn an_event_published_again_is_known_from_both_ends() {
    let folder = Folder::new();
    folder.run(1, 9).await;
    folder.run(2, 9).await;
    folder.store.write(|db| db.set_first_attempt(run_id(2), 3)).await.unwrap();
    let (first, further, none) =
        folder.store.read(|db| Ok((db.first_attempt(run_id(2))?, db.further_attempts(3)?, db.first_attempt(run_id(1))?))).await.unwrap();
    assert_eq!((first, further, none), (Some(3), vec![10], None));
    let missing = folder.store.write(|db| db.set_first_attempt(run_id(7), 3)).await.unwrap_err();
    assert!(matches!(missing, waybill_store::StoreError::Conflict { .. }), "{missing:?}");
}
