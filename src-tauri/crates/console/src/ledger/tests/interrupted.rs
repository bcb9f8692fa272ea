//! Runs whose program ended in the middle.

use aws_sdk_eventbridge::primitives::DateTime;
use aws_sdk_eventbridge::types::PutPartnerEventsRequestEntry;
use std::collections::BTreeMap;
use std::time::Duration;
use waybill_delivery::{Answer, Controls, Ledger, Outcome, Pace, PlannedEvent, Progress, RunOutcome, RunRequest, WhichRuns};
use waybill_domain::{Expectation, RunId, RunState, Verdict};

use super::world::{World, now};

async fn put(world: &World, event: &PlannedEvent) -> String {
    let out = &event.outgoing;
    let entry = PutPartnerEventsRequestEntry::builder()
        .time(DateTime::from_millis(out.time.as_millis()))
        .source(out.source.as_str())
        .resources("ilert")
        .detail_type(out.event_type.as_str())
        .detail(&out.detail)
        .build();
    let answer = world.clients.partner().unwrap().put_partner_events().entries(entry).send().await.unwrap();
    answer.entries()[0].event_id().unwrap().to_owned()
}

/// A run of four that ended in the middle: the first was accepted, the second put but its answer lost, the third left and lost, the
/// fourth never left.
async fn interrupted(world: &World, timeout_ms: i64) -> RunId {
    let events = world.nine(|_| Expectation::MustArrive).into_iter().take(4).collect();
    let request: RunRequest = world.request(events, timeout_ms);
    let run = request.run;
    let ledger = world.ledger();
    let request = std::sync::Arc::new(request);
    let hold = ledger.begin(std::sync::Arc::clone(&request), now()).unwrap();
    ledger.leaving(run, vec![0, 1, 2], now()).unwrap();
    let event_id = put(world, &request.events.get(0)).await;
    put(world, &request.events.get(1)).await;
    let accepted = Outcome::Accepted { event_id };
    ledger.answered(run, vec![Answer { entry: 0, outcome: accepted, request_id: None, at: now() }]).unwrap();
    assert_eq!(world.report(run).await.0.state, RunState::Running);
    drop(hold);
    run
}

async fn take_up(world: &World, which: WhichRuns) -> Vec<RunOutcome> {
    let (parts, _told) = world.parts();
    waybill_delivery::take_up(which, parts, world.queue.clone(), Controls::default().leave).await.unwrap()
}

async fn until_past(world: &World, run: RunId) {
    let deadlines = world.report(run).await.1.into_iter().filter_map(|event| event.deadline);
    let last = deadlines.max().unwrap().plus_millis(50);
    while now() <= last {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn an_interrupted_run_is_listed_with_what_is_true_at_any_time() {
    let world = World::new().await;
    let run = interrupted(&world, 600).await;
    let (summary, _) = world.report(run).await;
    assert_eq!((summary.state, summary.proven, summary.total), (RunState::Interrupted, false, 4));
    assert_eq!(world.verdicts(run).await, [Verdict::Waiting, Verdict::Waiting, Verdict::Waiting, Verdict::NotSent], "before the deadline");
    until_past(&world, run).await;
    assert_eq!(world.verdicts(run).await, [Verdict::Unknown, Verdict::Unknown, Verdict::Unknown, Verdict::NotSent], "never Missing");
}

#[tokio::test]
async fn what_is_read_back_in_time_is_delivered_even_without_the_answer() {
    let world = World::new().await;
    let run = interrupted(&world, 5000).await;
    let outcomes = take_up(&world, WhichRuns::AsTheyAre).await;
    assert_eq!(outcomes.len(), 1);
    assert_eq!(outcomes[0].summary.state, RunState::Interrupted, "one event is before its deadline: the run stays open");
    assert_eq!(world.verdicts(run).await, [Verdict::Delivered, Verdict::Delivered, Verdict::Waiting, Verdict::NotSent]);
    take_up(&world, WhichRuns::All).await;
    let (summary, events) = world.report(run).await;
    let verdicts: Vec<Verdict> = events.iter().map(|event| event.judgement.verdict).collect();
    assert_eq!(verdicts, [Verdict::Delivered, Verdict::Delivered, Verdict::Unknown, Verdict::NotSent]);
    assert_eq!((summary.state, summary.proven), (RunState::Closed, false));
    assert!(summary.gaps > 0, "the queue was not read while the program was gone");
}

#[tokio::test]
async fn a_run_that_is_taken_up_is_told_of_like_any_run_until_its_last_deadline_has_passed() {
    let world = World::new().await;
    let run = interrupted(&world, 2500).await;
    let (parts, mut told) = world.parts();
    waybill_delivery::take_up(WhichRuns::All, parts, world.queue.clone(), Controls::default().leave).await.unwrap();
    let (mut started, mut counts, mut verdicts, mut ended, mut is_read) = (0, Vec::new(), BTreeMap::new(), None, false);
    while let Some(progress) = told.recv().await {
        match progress {
            Progress::Started { run: told } if told == run => started += 1,
            Progress::Counts { run: told, tally } if told == run => counts.push(tally.counts),
            Progress::Publication { run: told, event } if told == run => drop(verdicts.insert(event.entry, event.judgement.verdict)),
            Progress::Poller(state) => is_read |= state.alive,
            Progress::Ended(summary) => ended = Some(summary),
            other => panic!("something of another run: {other:?}"),
        }
    }
    assert!(started == 1 && is_read, "whoever listens hears that it goes on, and that its queue is read");
    assert!(counts.iter().any(|counts| counts.delivered == 2 && counts.waiting == 1), "its counts follow: {counts:?}");
    let told = [Verdict::Delivered, Verdict::Delivered, Verdict::Unknown, Verdict::NotSent];
    assert_eq!(Vec::from_iter(verdicts.into_values()), told, "every verdict is told");
    assert_eq!(ended.map(|summary| summary.state), Some(RunState::Closed), "nobody else has to take it up once more");
}

#[tokio::test]
async fn the_next_run_on_the_queue_takes_an_interrupted_one_up_and_is_proven_itself() {
    let world = World::new().await;
    let run = interrupted(&world, 300).await;
    until_past(&world, run).await;
    let own = world.must_all(30_000).await.summary;
    assert!(own.proven, "{own:?}");
    let (summary, _) = world.report(run).await;
    assert_eq!(summary.state, RunState::Closed);
    assert_eq!(world.verdicts(run).await, [Verdict::Late, Verdict::Late, Verdict::Unknown, Verdict::NotSent]);
}

#[tokio::test]
async fn a_run_that_is_left_keeps_what_it_knows_and_is_taken_up() {
    let world = World::new().await;
    world.set_policy(false).await;
    let request =
        RunRequest { pace: Pace { rate: Some(20.0), publishers: None }, ..world.request(world.nine(|_| Expectation::MustArrive), 700) };
    let run = request.run;
    let (parts, mut told) = world.parts();
    let controls = Controls::default();
    let running = tokio::spawn(waybill_delivery::run(parts, request, controls.clone()));
    while let Some(progress) = told.recv().await {
        if matches!(progress, waybill_delivery::Progress::Publication { event, .. } if event.accepted_at.is_some()) {
            break;
        }
    }
    controls.leave.cancel();
    let summary = running.await.unwrap().unwrap().summary;
    assert_eq!(summary.state, RunState::Interrupted);
    let counts = world.report(run).await.0.tally.counts;
    assert!(counts.not_sent > 0 && counts.waiting > 0 && counts.not_sent + counts.waiting == 9, "{counts:?}");
    until_past(&world, run).await;
    take_up(&world, WhichRuns::AsTheyAre).await;
    let (summary, _) = world.report(run).await;
    assert_eq!(
        (summary.state, summary.tally.counts.missing, summary.tally.counts.unknown),
        (RunState::Closed, 0, 9 - summary.tally.counts.not_sent)
    );
}

#[tokio::test]
async fn publishing_can_be_stopped_and_what_was_sent_is_still_proven() {
    let world = World::new().await;
    let request =
        RunRequest { pace: Pace { rate: Some(20.0), publishers: None }, ..world.request(world.nine(|_| Expectation::MustArrive), 30_000) };
    let run = request.run;
    let (parts, mut told) = world.parts();
    let controls = Controls::default();
    let running = tokio::spawn(waybill_delivery::run(parts, request, controls.clone()));
    while let Some(progress) = told.recv().await {
        if matches!(progress, waybill_delivery::Progress::Publication { event, .. } if event.accepted_at.is_some()) {
            break;
        }
    }
    controls.stop_publishing.cancel();
    running.await.unwrap().unwrap();
    let (summary, _) = world.report(run).await;
    let counts = summary.tally.counts;
    assert_eq!((summary.state, summary.proven), (RunState::Closed, false));
    assert!(counts.not_sent > 0 && counts.delivered > 0 && counts.not_sent + counts.delivered == 9, "{counts:?}");
}
