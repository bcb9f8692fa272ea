//! Runs over the real store and the real sandbox, by the real SDK.

mod contract;
mod interrupted;
mod world;

use std::sync::Arc;
use std::time::{Duration, Instant};

use waybill_delivery::{Controls, Parts, Progress};
use waybill_domain::{EventType, Expectation, Verdict};
use waybill_store::Store;

use self::world::World;
use super::StoreLedger;

#[tokio::test]
async fn nine_events_are_proven_at_once_and_the_queue_is_left_empty() {
    let world = World::new().await;
    let began = Instant::now();
    let outcome = world.must_all(30_000).await;
    assert!(began.elapsed() < Duration::from_secs(2), "nothing is waited for once all is read: {:?}", began.elapsed());
    assert!(outcome.summary.proven && outcome.failure.is_none(), "{:?}", outcome.summary);
    let (summary, events) = world.report(outcome.summary.run).await;
    assert_eq!(summary, outcome.summary, "what is kept is what was told");
    assert_eq!((summary.tally.published, summary.tally.accepted, summary.tally.counts.delivered, summary.gaps), (9, 9, 9, 0));
    for event in events {
        assert!(event.published_at <= event.accepted_at && event.request_id.is_some() && event.judgement.copies == 1, "{event:?}");
    }
    assert_eq!(world.bodies().await, Vec::<String>::new(), "own messages are deleted");
    let calls = world.calls.0.lock().unwrap();
    assert!(calls.iter().any(|call| call.operation == "PutPartnerEvents") && calls.iter().all(|call| call.error.is_none()));
}

#[tokio::test]
async fn without_the_queue_policy_all_are_missing_two_seconds_after_the_deadline_at_most() {
    let world = World::new().await;
    world.set_policy(false).await;
    let began = Instant::now();
    let outcome = world.must_all(1000).await;
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert_eq!(world.verdicts(outcome.summary.run).await, [Verdict::Missing; 9]);
    assert!(!outcome.summary.proven && outcome.summary.gaps == 0);
}

#[tokio::test]
async fn what_the_pattern_excludes_and_what_is_withheld_is_held_back() {
    let world = World::with_pattern(r#"{"detail-type":[{"anything-but":"incident-raised"}]}"#).await;
    let events = world.nine(|event| match event {
        EventType::Raised => Expectation::MustNotArrive,
        EventType::Assigned => Expectation::Withheld,
        _ => Expectation::MustArrive,
    });
    let outcome = world.run(world.request(events, 700)).await;
    assert!(outcome.summary.proven);
    let (summary, events) = world.report(outcome.summary.run).await;
    assert_eq!((summary.tally.published, summary.tally.counts.delivered, summary.tally.counts.held_back), (8, 7, 2));
    let withheld = events.iter().find(|event| event.event_type == EventType::Assigned).unwrap();
    assert_eq!((withheld.published_at, withheld.judgement.verdict), (None, Verdict::HeldBack));
}

#[tokio::test]
async fn an_event_that_must_not_arrive_and_does_is_unexpected() {
    let world = World::new().await;
    let outcome = world.run(world.request(world.nine(|_| Expectation::MustNotArrive), 30_000)).await;
    assert_eq!(outcome.summary.tally.counts.unexpected, 9);
    assert!(!outcome.summary.proven);
}

#[tokio::test]
async fn copies_that_come_after_the_close_are_appended_and_the_verdict_stands() {
    let world = World::new().await;
    let first = world.must_all(30_000).await.summary;
    let body = {
        let run = first.run;
        let id = world.store.read(move |db| db.first_publication(run)).await.unwrap().unwrap();
        world.store.read(move |db| db.arrivals_of(id)).await.unwrap()[0].body.clone()
    };
    world.set_policy(false).await;
    let request = world.request(world.nine(|_| Expectation::MustArrive), 300);
    let sent = request.events.clone();
    let second = world.run(request).await.summary;
    let ids: Vec<String> = world.report(second.run).await.1.into_iter().map(|event| event.event_id.unwrap()).collect();
    world.send(&body).await;
    world.send(&sent.get(0).outgoing.envelope(&ids[0])).await;
    world.send(&sent.get(1).outgoing.envelope(&ids[1]).replace("HIGH", "LOW")).await;
    world.set_policy(true).await;
    // A run that must wait for its deadline reads everything that is there.
    let third = world.run(world.request(world.nine(|_| Expectation::Withheld), 300)).await.summary;
    assert!(third.proven, "others' copies are none of its business");
    let (summary, events) = world.report(first.run).await;
    assert!(summary.proven && summary.amended && summary.tally.counts.duplicate == 0, "the closed verdict stands");
    assert_eq!((events[0].judgement.verdict, events[0].judgement.copies), (Verdict::Delivered, 2));
    assert!(events[0].judgement.reason.as_deref().unwrap().starts_with("amended: Duplicate at "), "{:?}", events[0].judgement.reason);
    let (summary, events) = world.report(second.run).await;
    assert!(!summary.proven && summary.amended && events[0].judgement.verdict == Verdict::Missing);
    assert!(events[0].judgement.reason.as_deref().unwrap().contains("amended: Late at "), "{:?}", events[0].judgement.reason);
    assert!(events[1].judgement.reason.as_deref().unwrap().contains("amended: Changed at "), "{:?}", events[1].judgement.reason);
}

#[tokio::test]
async fn what_was_changed_on_the_way_is_told_field_by_field_and_a_second_copy_is_a_duplicate() {
    let world = World::new().await;
    world.set_policy(false).await;
    let request = world.request(world.nine(|_| Expectation::MustArrive), 1500);
    let (run, planned) = (request.run, request.events.clone());
    let (parts, mut told) = world.parts();
    let running = tokio::spawn(waybill_delivery::run(parts, request, Controls::default()));
    let mut accepted = 0;
    while let Some(progress) = told.recv().await {
        let Progress::Publication { event, .. } = progress else { continue };
        let Some(id) = event.event_id.filter(|_| event.judgement.verdict == Verdict::Waiting) else { continue };
        let envelope = planned.get(event.entry).outgoing.envelope(&id);
        match event.entry {
            0 => world.send(&envelope.replace("HIGH", "LOW")).await,
            1 => {
                world.send(&envelope).await;
                world.send(&envelope).await;
            }
            _ => world.send(&envelope).await,
        }
        accepted += 1;
        if accepted == 9 {
            break;
        }
    }
    running.await.unwrap().unwrap();
    let (summary, events) = world.report(run).await;
    assert_eq!(events[0].judgement.verdict, Verdict::Changed);
    assert!(events[0].judgement.reason.as_deref().unwrap().starts_with("detail.priority differs"), "{:?}", events[0].judgement.reason);
    let twice = &events[1].judgement;
    let is_told = twice.verdict == Verdict::Duplicate || twice.verdict == Verdict::Delivered;
    assert!(is_told && events[2..].iter().all(|event| event.judgement.verdict == Verdict::Delivered), "{summary:?}");
    assert!(!summary.proven);
}

#[tokio::test]
async fn foreign_messages_stay_for_their_consumer() {
    let world = World::new().await;
    let mut foreign: Vec<String> = (0..35).map(|number| format!(r#"{{"order":{number}}}"#)).collect();
    for body in &foreign {
        world.send(body).await;
    }
    let outcome = world.must_all(30_000).await;
    assert!(outcome.summary.proven);
    let mut left = world.bodies().await;
    left.sort();
    foreign.sort();
    assert_eq!(left, foreign, "none is deleted and none stays hidden");
}

#[tokio::test]
async fn foreign_messages_do_not_hide_that_an_event_is_missing() {
    let world = World::new().await;
    for number in 0..35 {
        world.send(&format!("order {number}")).await;
    }
    world.set_policy(false).await;
    let outcome = world.must_all(1000).await;
    assert_eq!(outcome.summary.tally.counts.missing, 9, "{:?}", outcome.summary);
    assert_eq!(world.bodies().await.len(), 35);
}

#[tokio::test]
async fn two_programs_on_one_queue_read_each_others_events_and_both_are_proven() {
    let world = World::new().await;
    let runs = (0..3).map(|_| {
        let events = (0..20).flat_map(|_| world.nine(|_| Expectation::MustArrive)).collect();
        let request = world.request(events, 30_000);
        let (parts, _) = world.parts();
        // A handle of its own, as another program has.
        let ledger = Arc::new(StoreLedger::new(Store::open(world.folder.path()).unwrap(), self::world::now));
        tokio::spawn(waybill_delivery::run(Parts { ledger, ..parts }, request, Controls::default()))
    });
    for run in runs.collect::<Vec<_>>() {
        let summary = run.await.unwrap().unwrap().summary;
        assert!(summary.proven && summary.tally.counts.delivered == 180, "{summary:?}");
        assert_eq!(world.report(summary.run).await.0, summary);
    }
    assert_eq!(world.bodies().await, Vec::<String>::new());
}

#[tokio::test]
async fn beside_another_reader_what_is_missing_is_still_missing() {
    let world = World::new().await;
    world.set_policy(false).await;
    let (a, b) = tokio::join!(world.must_all(1000), world.must_all(1500));
    assert_eq!((a.summary.tally.counts.missing, b.summary.tally.counts.missing), (9, 9), "{a:?} {b:?}");
}

#[tokio::test]
async fn a_deleted_source_refuses_every_entry() {
    let world = World::new().await;
    let partner = world.clients.partner().unwrap();
    partner.delete_partner_event_source().name(world.source.as_str()).account("123456789012").send().await.unwrap();
    let began = Instant::now();
    let outcome = world.must_all(30_000).await;
    assert_eq!(outcome.summary.tally.counts.rejected, 9, "{:?}", world.report(outcome.summary.run).await);
    assert!(began.elapsed() < Duration::from_secs(5), "there is nothing to wait for");
}

#[tokio::test]
async fn without_an_endpoint_nothing_was_sent_and_that_is_said_soon() {
    let world = World::new().await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let key = || waybill_aws::KeyPair { access_key_id: "key".to_owned(), secret_access_key: "secret".to_owned() };
    let connection = waybill_aws::Connection::Sandbox { endpoint: format!("http://{nobody}"), keys: key(), partner: key() };
    let clients = waybill_aws::Clients::connect(&connection, &"eu-central-1".parse().unwrap()).await.unwrap();
    let (parts, _) = world.parts();
    let began = Instant::now();
    let events = (0..30).flat_map(|_| world.nine(|_| Expectation::MustArrive)).collect();
    let request = world.request(events, 30_000);
    let outcome = waybill_delivery::run(Parts { clients, ..parts }, request, Controls::default()).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(12), "{:?}", began.elapsed());
    assert_eq!((outcome.summary.tally.counts.not_sent, outcome.summary.tally.published), (270, 0));
    assert_eq!(outcome.failure.unwrap().kind, waybill_aws::CallErrorKind::Unreachable);
}

#[tokio::test]
async fn three_thousand_events_are_proven_in_a_few_seconds() {
    let world = World::new().await;
    let events = (0..334).flat_map(|_| world.nine(|_| Expectation::MustArrive)).take(3000).collect();
    let outcome = world.run(world.request(events, 30_000)).await;
    assert!(outcome.summary.proven, "{:?}", outcome.summary);
}
