//! The seal on a closed run: whatever is changed behind Waybill's back is seen.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

use rusqlite::Connection;
use waybill_domain::{
    EventType, Expectation, Fingerprint, IncidentId, Mode, Outgoing, QueueArn, ReadBack, RunId, Tally, Timestamp, Verdict,
};
use waybill_store::{
    Circumstances, ClosedVerdict, EntryAnswer, EntryOutcome, Mut, NewArrival, NewPublication, NewRun, SealState, Store, StoreError,
};

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn run() -> RunId {
    "00000000-0000-4000-8000-000000000001".parse().unwrap()
}

fn outgoing(event_type: EventType) -> Outgoing {
    Outgoing {
        source: "aws.partner/ilert.com/test/1".parse().unwrap(),
        event_type,
        detail: r#"{"id":"7"}"#.into(),
        incident: IncidentId(7),
        time: at(1000),
        account: "123456789012".parse().unwrap(),
        region: "eu-central-1".parse().unwrap(),
    }
}

fn copy<'a>(message_id: &'a str, event_id: &str, millis: i64) -> NewArrival<'a> {
    let copy = ReadBack { event_id: Some(event_id.to_owned()), at: at(millis), differs: None };
    NewArrival { message_id, fingerprint: Some("f"), body: "the body", sent_at: Some(at(millis)), receive_count: 1, copy }
}

/// A run of three events, two of which arrived, up to just before its close.
fn open_run(db: &mut Mut<'_>) -> Result<i64, StoreError> {
    let new = NewRun {
        run: run(),
        connection: "sandbox".into(),
        mode: Mode::Partner,
        action: "00000000-0000-4000-8000-000000000009".parse().unwrap(),
        action_name: "Ops".into(),
        queue_url: "http://queue".into(),
        queue_arn: QueueArn::from_aws("arn:aws:sqs:eu-central-1:123456789012:q"),
        reading: waybill_domain::ReadingPlan::Consume,
        transformer: None,
        timeout_ms: 1000,
        total: 3,
        started_at: at(1000),
    };
    let number = db.insert_run(&new)?;
    let circumstances =
        Circumstances { version: "1.2.3".into(), document: r#"{"rule":"r"}"#.into(), drift: vec!["the rule is disabled".into()] };
    db.insert_circumstances(run(), &circumstances)?;
    let sent = [EventType::Created, EventType::Acknowledged, EventType::Resolved].map(outgoing);
    let publications = sent.into_iter().map(|outgoing| NewPublication {
        outgoing,
        expectation: Expectation::MustArrive,
        fingerprint: Fingerprint::from_kept("f"),
    });
    db.insert_publications(number, at(1000), publications)?;
    // The first event was sent twice.
    db.mark_leaving(number, &[0], at(1000))?;
    db.mark_leaving(number, &[0], at(1005))?;
    for (entry, id) in (0..).zip(["e0", "e1", "e2"]) {
        db.record_answers(number, [EntryAnswer { entry, outcome: EntryOutcome::Accepted(id), request_id: Some("r"), at: at(1010) }])?;
    }
    let first = db.read().first_publication(run())?.unwrap();
    db.insert_arrival((number, first), &copy("m0", "e0", 1020), None)?;
    db.insert_arrival((number, first + 1), &copy("m1", "e1", 1030), None)?;
    Ok(number)
}

fn close(db: &mut Mut<'_>, number: i64) -> Result<(), StoreError> {
    let verdict = |verdict| ClosedVerdict {
        verdict,
        reason: None,
        received_at: Some(at(1020)),
        latency_ms: (verdict == Verdict::Delivered).then_some(20),
    };
    let verdicts = [Verdict::Delivered, Verdict::Delivered, Verdict::Missing].map(verdict);
    db.record_verdicts(number, (0..).zip(verdicts))?;
    db.close_run(run(), at(2000), false, &Tally::default())?;
    db.seal_run(run(), at(2001))
}

async fn closed(folder: &Path) -> Store {
    let store = Store::open(folder).unwrap();
    store.write(|db| open_run(db).and_then(|number| close(db, number))).await.unwrap();
    store
}

async fn state(store: &Store) -> SealState {
    store.read(|db| db.seal_state(&db.run(run())?.unwrap())).await.unwrap()
}

#[tokio::test]
async fn a_run_is_sealed_by_its_close() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let number = store.write(open_run).await.unwrap();
    assert_eq!(state(&store).await, SealState::Open);
    store.write(move |db| close(db, number)).await.unwrap();
    assert_eq!(state(&store).await, SealState::Intact);
    let evidence = store.read(|db| db.run_evidence(run())).await.unwrap().unwrap();
    assert_eq!((evidence.version.as_str(), evidence.clock_at_close), ("1.2.3", Some(at(2001))));
    assert_eq!(evidence.sha256.map(|seal| seal.len()), Some(64));
}

#[tokio::test]
async fn whatever_is_changed_behind_waybills_back_is_seen() {
    let changes = [
        "UPDATE arrival SET body = 'another body' WHERE message_id = 'm1'",
        "UPDATE arrival SET received_at = received_at - 1",
        "UPDATE arrival SET message_id = 'm9' WHERE message_id = 'm0'",
        "DELETE FROM arrival WHERE message_id = 'm1'",
        "INSERT INTO arrival (run_id, publication_id, message_id, body, received_at, receive_count)
         SELECT run_id, id, 'm2', 'the body', 1040, 1 FROM publication WHERE entry = 2",
        "UPDATE arrival SET publication_id = publication_id + 1 WHERE message_id = 'm1'",
        "UPDATE publication SET verdict = 'delivered' WHERE entry = 2",
        "UPDATE publication SET latency_ms = 1 WHERE entry = 0",
        "UPDATE publication SET left_at = 1 WHERE entry = 0",
        "UPDATE publication SET request_id = NULL WHERE entry = 0",
        "UPDATE publication SET detail = '{}' WHERE entry = 1",
        "UPDATE publication SET reason = '' WHERE entry = 1",
        "DELETE FROM publication WHERE entry = 2",
        "UPDATE publication SET entry = 9 WHERE entry = 0; UPDATE publication SET entry = 0 WHERE entry = 1; UPDATE publication SET entry = 1 WHERE entry = 9",
        "UPDATE attempt SET left_at = 1",
        "DELETE FROM attempt",
        "INSERT INTO attempt (publication_id, number, left_at, state) SELECT id, 2, 1001, 'leaving' FROM publication WHERE entry = 0",
        "UPDATE run SET proven = 1",
        "UPDATE run SET closed_at = 3000",
        "UPDATE run SET closed_at = NULL",
        "UPDATE run SET gaps = '[ ]'",
        "UPDATE run SET amended = 1",
        "UPDATE run_drift SET sentences = '[]'",
        "DELETE FROM run_drift",
        "UPDATE run_evidence SET circumstances = '{}'",
        "UPDATE run_evidence SET version = '9'",
        "UPDATE run_evidence SET clock_at_close = 1",
        "UPDATE run_evidence SET sha256 = '00' || substr(sha256, 3)",
        "UPDATE run_evidence SET sha256 = NULL",
        "DELETE FROM run_evidence",
    ];
    for change in changes {
        let folder = tempfile::tempdir().unwrap();
        let store = closed(folder.path()).await;
        assert_eq!(state(&store).await, SealState::Intact);
        let behind = Connection::open(folder.path().join(Store::FILE)).unwrap();
        behind.execute_batch(change).unwrap();
        assert_eq!(state(&store).await, SealState::Altered, "{change}");
    }
}

#[tokio::test]
async fn what_is_received_again_or_comes_later_leaves_the_seal_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = closed(folder.path()).await;
    let sealed = store.read(|db| db.run_evidence(run())).await.unwrap().unwrap().sha256;
    assert!(store.write(|db| db.received_again("m0", 4)).await.unwrap());
    assert_eq!(state(&store).await, SealState::Intact, "how often SQS delivered a message is no part of it");
    let late = |db: &mut Mut<'_>| {
        let first = db.read().first_publication(run())?.unwrap();
        let number = db.read().run(run())?.unwrap().number;
        db.insert_arrival((number, first + 2), &copy("m2", "e2", 9000), Some(Verdict::Late))
    };
    store.write(late).await.unwrap();
    assert_eq!(state(&store).await, SealState::Intact, "the copy was added by Waybill");
    let amended = store.read(|db| db.run_evidence(run())).await.unwrap().unwrap().sha256;
    assert_ne!(amended, sealed, "and is part of the seal now");
    let behind = Connection::open(folder.path().join(Store::FILE)).unwrap();
    behind.execute_batch("UPDATE arrival SET received_at = 2000 WHERE message_id = 'm2'").unwrap();
    assert_eq!(state(&store).await, SealState::Altered);
}

#[tokio::test]
async fn a_run_closed_before_there_were_seals_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let store = closed(folder.path()).await;
    let behind = Connection::open(folder.path().join(Store::FILE)).unwrap();
    behind.execute_batch("UPDATE run_evidence SET sha256 = ''").unwrap();
    assert_eq!(state(&store).await, SealState::Unsealed);
}
