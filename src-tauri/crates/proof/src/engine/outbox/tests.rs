use super::*;

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn outbox(events: u32, pace: Pace) -> Outbox {
    Outbox::new((0..events).collect(), pace, at(0))
}

fn fast(events: u32) -> Outbox {
    outbox(events, Pace::default())
}

#[expect(clippy::unnecessary_wraps, reason = "as the outbox asks for it")]
fn small(_: u32) -> Option<usize> {
    Some(100)
}

fn rejected(code: &str) -> Outcome {
    Outcome::Rejected { code: code.into(), message: String::new() }
}

fn accepted() -> Outcome {
    Outcome::Accepted { event_id: "id".into() }
}

fn came_back(outbox: &mut Outbox, entries: &[u32], outcome: &Outcome, reply: Reply, now: Timestamp) {
    let (entries, outcomes) = (entries.to_vec(), vec![outcome.clone(); entries.len()]);
    outbox.came_back(&Put { entries, outcomes, request_id: None, at: now, reply }, || 0.5);
}

/// Sends whatever may leave at once, every answer being success.
fn leave(outbox: &mut Outbox, now: Timestamp) -> usize {
    let mut sent = 0;
    while let Some(batch) = outbox.next(now, small) {
        sent += batch.len();
        came_back(outbox, &batch, &accepted(), Reply::Answered, now);
    }
    sent
}

#[test]
fn requests_keep_to_twenty_entries_and_stay_below_a_megabyte() {
    let mut waiting: VecDeque<u32> = (0..45).collect();
    let sizes: Vec<usize> = std::iter::repeat_with(|| cut(&mut waiting, MOST_ENTRIES, small).len()).take(4).collect();
    assert_eq!(sizes, [20, 20, 5, 0]);
    let mut waiting: VecDeque<u32> = (0..5).collect();
    let sizes: Vec<usize> = std::iter::repeat_with(|| cut(&mut waiting, MOST_ENTRIES, |_| Some(400_000)).len()).take(3).collect();
    assert_eq!(sizes, [2, 2, 1], "two of 400,000 bytes fit into a request, three do not");
}

#[test]
fn the_more_events_the_more_requests_are_open_unless_a_number_is_asked_for() {
    for (events, asked, open) in [
        (9, None, 1),
        (20, None, 1),
        (60, None, 2),
        (200, None, 5),
        (100_000, None, 8),
        (9, Some(3), 1),
        (1000, Some(1), 1),
        (1000, Some(32), 32),
    ] {
        let mut outbox = outbox(events, Pace { rate: None, publishers: asked });
        let batches = std::iter::from_fn(|| outbox.next(at(0), small)).count();
        assert_eq!(batches, open, "{events} events, {asked:?} asked for");
    }
}

#[test]
fn a_rate_is_exact_over_time_whenever_it_is_looked_at() {
    for (rate, look_every_ms) in [(5.0, 50), (5.0, 7), (33.3, 50), (1000.0, 13), (0.5, 50)] {
        let mut outbox = outbox(100_000, Pace { rate: Some(rate), publishers: None });
        let sent: usize = (0..=20_000).step_by(look_every_ms).map(|now| leave(&mut outbox, at(now))).sum();
        let last_look = 20_000 / look_every_ms as i64 * look_every_ms as i64;
        let exact = (rate * last_look as f64 / 1000.0) as usize + 1;
        assert!(sent.abs_diff(exact) <= 1, "{rate}/s, looked every {look_every_ms} ms: {sent} instead of {exact}");
    }
}

#[test]
fn after_a_standstill_only_a_small_bucket_is_made_up_for() {
    let mut outbox = outbox(100_000, Pace { rate: Some(100.0), publishers: None });
    let before: usize = (0..=1000).step_by(50).map(|now| leave(&mut outbox, at(now))).sum();
    assert_eq!(before, 101);
    assert_eq!(leave(&mut outbox, at(61_000)), 26, "a quarter of a second's worth, not a minute's");
    let after: usize = (61_050..=62_000).step_by(50).map(|now| leave(&mut outbox, at(now))).sum();
    assert_eq!(after, 100, "then as before");
}

#[test]
fn only_what_aws_allows_is_sent_again() {
    for (outcome, again) in [
        (rejected("ThrottlingException"), true),
        (rejected("InternalFailure"), true),
        (rejected("AccessDeniedException"), false),
        (rejected("MalformedDetail"), false),
        (rejected("InvalidAccountIdException"), false),
        (rejected("NotAuthorizedForSourceException"), false),
        (Outcome::Unknown { why: "no answer".into() }, false),
        (accepted(), false),
    ] {
        let mut outbox = fast(1);
        let batch = outbox.next(at(0), small).unwrap();
        came_back(&mut outbox, &batch, &outcome, Reply::Answered, at(10));
        assert_eq!(!outbox.is_empty(), again, "{outcome:?}");
    }
}

#[test]
fn what_is_throttled_waits_longer_each_time_and_is_given_up_after_six_attempts() {
    let mut outbox = fast(1);
    let (mut now, mut waits) = (0, Vec::new());
    while let Some(batch) = outbox.next(at(now), small) {
        came_back(&mut outbox, &batch, &rejected("ThrottlingException"), Reply::Answered, at(now));
        let begun = now;
        while !outbox.is_empty() && outbox.again.peek().is_some_and(|Reverse((due, _))| *due > at(now)) {
            now += 1;
        }
        waits.push(now - begun);
    }
    assert_eq!(waits, [100, 200, 400, 800, 1600, 0], "six attempts, then it stays refused");
}

#[test]
fn a_run_does_not_send_again_for_ever() {
    let mut outbox = fast(100);
    let (mut sent, mut now) = (0, 0);
    while !outbox.is_empty() {
        while let Some(batch) = outbox.next(at(now), small) {
            sent += batch.len();
            came_back(&mut outbox, &batch, &rejected("InternalFailure"), Reply::Answered, at(now));
        }
        now += 100;
    }
    assert_eq!(sent, 250, "a hundred, as many again, and fifty to spare");
}

#[test]
fn throttling_halves_what_is_open_and_answers_let_it_grow_again() {
    let mut outbox = fast(100_000);
    let batches: Vec<_> = std::iter::from_fn(|| outbox.next(at(0), small)).collect();
    assert_eq!(batches.len(), 8);
    came_back(&mut outbox, &batches[0], &rejected("ThrottlingException"), Reply::Throttled, at(1));
    batches[1..].iter().for_each(|batch| came_back(&mut outbox, batch, &rejected("ThrottlingException"), Reply::Throttled, at(1)));
    let one = outbox.next(at(2), small).unwrap();
    assert_eq!(outbox.next(at(2), small), None, "one at a time");
    came_back(&mut outbox, &one, &accepted(), Reply::Answered, at(3));
    assert_eq!(std::iter::from_fn(|| outbox.next(at(3), small)).count(), 2);
}

#[test]
fn while_aws_is_away_one_small_request_at_a_time_asks_for_it_and_nothing_is_lost() {
    let mut outbox = fast(1000);
    let first = outbox.next(at(0), small).unwrap();
    came_back(&mut outbox, &first, &accepted(), Reply::Answered, at(1));
    let not_sent = Outcome::NotSent { why: "refused".into() };
    let (mut now, mut tries) = (2, Vec::new());
    while now < 60_000 {
        while let Some(batch) = outbox.next(at(now), small) {
            tries.push(batch.len());
            came_back(&mut outbox, &batch, &not_sent, Reply::NotReached, at(now));
        }
        now += 10;
    }
    assert!(tries[1..].iter().all(|entries| *entries == 1), "{tries:?}");
    assert!((12..40).contains(&tries.len()), "{tries:?}");
    assert!(!outbox.is_given_up(), "a minute is waited for");
    let probe = std::iter::from_fn(|| {
        now += 10;
        Some(outbox.next(at(now), small))
    });
    let probe = probe.flatten().next().unwrap();
    assert_eq!(probe, [20], "in the order of publishing");
    came_back(&mut outbox, &probe, &accepted(), Reply::Answered, at(now));
    assert_eq!(leave(&mut outbox, at(now)), 979, "everything else follows");
}

#[test]
fn aws_is_given_up_soon_where_it_was_never_reached_and_late_where_it_was() {
    for (was_reached, least_ms, most_ms) in [(false, 1_500, 8_000), (true, 110_000, 130_000)] {
        let mut outbox = fast(100);
        if was_reached {
            let batch = outbox.next(at(0), small).unwrap();
            came_back(&mut outbox, &batch, &accepted(), Reply::Answered, at(0));
        }
        let mut now = 0;
        while !outbox.is_given_up() {
            if let Some(batch) = outbox.next(at(now), small) {
                came_back(&mut outbox, &batch, &Outcome::NotSent { why: String::new() }, Reply::NotReached, at(now));
            }
            now += 10;
        }
        assert!((least_ms..most_ms).contains(&now), "reached before: {was_reached}; given up after {now} ms");
    }
}

#[test]
fn silence_is_asked_after_with_other_entries_never_with_the_same() {
    let mut outbox = fast(100);
    let batch = outbox.next(at(0), small).unwrap();
    came_back(&mut outbox, &batch, &Outcome::Unknown { why: "no answer".into() }, Reply::Silent, at(10));
    assert_eq!(outbox.next(at(10), small), None, "not at once");
    assert_eq!(outbox.next(at(1000), small), Some(vec![20]), "only one more event is put at stake");
}

#[test]
fn what_is_not_due_yet_waits_and_so_does_what_comes_after_it() {
    let mut outbox = fast(5);
    let due = |now: i64| move |entry: u32| [0, 0, 500, 500, 0].get(entry as usize).filter(|due| **due <= now).map(|_| 100);
    assert_eq!(outbox.next(at(0), due(0)), Some(vec![0, 1]));
    came_back(&mut outbox, &[0, 1], &accepted(), Reply::Answered, at(1));
    assert_eq!(outbox.next(at(499), due(499)), None);
    assert_eq!(outbox.next(at(500), due(500)), Some(vec![2, 3, 4]));
}
