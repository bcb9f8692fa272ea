//! The tracker, one event at a time: odd orders, odd times.
#![allow(clippy::unwrap_used, missing_docs)]

use waybill_domain::{EventType, Evidence, Expectation, Gap, Hidden, IncidentId, ReadBack, Sending, Timestamp, Verdict};
use waybill_proof::{Answer, EntryRecord, Observation, Outcome, Tracker};

const TIMEOUT: i64 = 1000;

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn tracker(expectations: &[Expectation]) -> Tracker {
    let entries = expectations.iter().map(|expectation| EntryRecord {
        event_type: EventType::Created,
        incident: IncidentId(1),
        request_id: None,
        evidence: Evidence {
            sending: if *expectation == Expectation::Withheld { Sending::Withheld { at: at(0) } } else { Sending::Planned },
            ..Evidence::planned(*expectation)
        },
    });
    Tracker::resume(entries, TIMEOUT, at(0))
}

fn one() -> Tracker {
    tracker(&[Expectation::MustArrive])
}

fn leaving(millis: i64) -> Observation {
    Observation::Leaving { entries: vec![0], at: at(millis) }
}

fn answered(outcome: Outcome, millis: i64) -> Observation {
    Observation::Answered(Answer { entry: 0, outcome, request_id: None, at: at(millis) })
}

fn accepted(millis: i64) -> Observation {
    answered(Outcome::Accepted { event_id: "ours".into() }, millis)
}

fn arrived(id: &str, millis: i64) -> Observation {
    Observation::Arrived { entry: 0, copy: ReadBack { event_id: Some(id.into()), at: at(millis), differs: None } }
}

fn verdict(tracker: &Tracker) -> Verdict {
    tracker.report(0).judgement.verdict
}

/// Feeds observations with the times at which they are seen; answers the verdict after each.
fn verdicts(tracker: &mut Tracker, steps: impl IntoIterator<Item = (Observation, i64)>) -> Vec<Verdict> {
    let mut seen = Vec::new();
    for (observation, now) in steps {
        tracker.step(observation, at(now));
        seen.push(verdict(tracker));
    }
    seen
}

#[test]
fn an_event_is_delivered_when_its_copy_is_read() {
    let mut tracker = one();
    let seen = verdicts(&mut tracker, [(leaving(0), 0), (accepted(5), 5), (arrived("ours", 9), 9)]);
    assert_eq!(seen, [Verdict::Waiting, Verdict::Waiting, Verdict::Delivered]);
    assert!(tracker.is_settled() && tracker.is_proven(at(9)) && tracker.unread() == 0);
}

#[test]
fn a_copy_read_before_the_answer_waits_for_it() {
    let mut tracker = one();
    let seen = verdicts(&mut tracker, [(leaving(0), 0), (arrived("ours", 3), 3), (accepted(5), 5)]);
    assert_eq!(seen, [Verdict::Waiting, Verdict::Waiting, Verdict::Delivered], "the id is known only with the answer");
    let mut other = one();
    let seen = verdicts(&mut other, [(leaving(0), 0), (arrived("theirs", 3), 3), (accepted(5), 5), (Observation::Swept(at(1006)), 2000)]);
    assert_eq!(seen[2..], [Verdict::Waiting, Verdict::Missing], "another event with the same content proves nothing");
}

#[test]
fn silence_needs_a_sweep_that_began_after_the_deadline() {
    let mut tracker = one();
    let steps = [(leaving(0), 0), (accepted(5), 5), (Observation::Swept(at(1004)), 1500), (Observation::Swept(at(1006)), 2006)];
    assert_eq!(
        verdicts(&mut tracker, steps)[2..],
        [Verdict::Waiting, Verdict::Missing],
        "a receive that began before the deadline proves nothing"
    );
    assert!(tracker.is_settled() && !tracker.is_proven(at(2006)));
}

#[test]
fn a_copy_after_the_deadline_turns_missing_into_late_while_the_run_is_open() {
    let mut tracker = one();
    let steps = [(leaving(0), 0), (accepted(5), 5), (Observation::Swept(at(1006)), 2006), (arrived("ours", 2010), 2010)];
    assert_eq!(verdicts(&mut tracker, steps)[2..], [Verdict::Missing, Verdict::Late]);
}

#[test]
fn what_another_program_read_in_time_is_delivered_although_it_is_seen_later() {
    let mut tracker = one();
    let steps = [(leaving(0), 0), (accepted(5), 5), (arrived("ours", 900), 1100)];
    assert_eq!(verdicts(&mut tracker, steps)[2], Verdict::Delivered, "the time of reading counts, not that of hearing of it");
}

#[test]
fn a_gap_makes_silence_say_nothing() {
    let gap = || Observation::Gaps(vec![Gap { from: at(500), to: at(600), why: "no answer".into() }]);
    for (name, expectation, silent) in
        [("must arrive", Expectation::MustArrive, Verdict::Missing), ("must not", Expectation::MustNotArrive, Verdict::HeldBack)]
    {
        let mut healthy = tracker(&[expectation]);
        let swept = |steps: Vec<(Observation, i64)>| [vec![(leaving(0), 0), (accepted(5), 5)], steps].concat();
        assert_eq!(verdicts(&mut healthy, swept(vec![(Observation::Swept(at(1006)), 2006)]))[2], silent, "{name}");
        let mut blind = tracker(&[expectation]);
        let steps = swept(vec![(gap(), 600), (Observation::Swept(at(1004)), 2004), (Observation::Swept(at(1006)), 2006)]);
        assert_eq!(verdicts(&mut blind, steps)[2..], [Verdict::Waiting, Verdict::Waiting, Verdict::Unknown], "{name}");
        assert!(!blind.is_proven(at(2006)), "{name}");
    }
}

#[test]
fn what_lay_in_the_queue_in_a_gap_across_the_deadline_is_late_once_it_is_read() {
    let gap = Observation::Gaps(vec![Gap { from: at(500), to: at(9000), why: "the program stood still".into() }]);
    let mut tracker = one();
    let seen = verdicts(&mut tracker, [(leaving(0), 0), (accepted(5), 5), (gap, 9000), (arrived("ours", 9010), 9010)]);
    assert_eq!(seen[2..], [Verdict::Waiting, Verdict::Late], "one more look is taken before anything is called unknown");
}

#[test]
fn a_run_with_a_gap_is_not_proven_even_when_all_was_read() {
    let mut tracker = one();
    let gap = Gap { from: at(1), to: at(2), why: "no answer".into() };
    verdicts(&mut tracker, [(leaving(0), 0), (accepted(5), 5), (arrived("ours", 9), 9), (Observation::Gaps(vec![gap]), 10)]);
    assert_eq!(verdict(&tracker), Verdict::Delivered, "what was read was read");
    assert!(!tracker.is_proven(at(10)));
}

#[test]
fn a_reader_that_is_gone_may_hide_messages_for_a_while() {
    let hidden = |until| Observation::Hidden(Hidden { until: at(until), why: "it ended".into() });
    for (until, expected) in [(1005, Verdict::Missing), (1006, Verdict::Unknown)] {
        let mut tracker = one();
        let steps = [(leaving(0), 0), (accepted(5), 5), (hidden(until), 900), (Observation::Swept(at(1010)), 2010)];
        assert_eq!(verdicts(&mut tracker, steps)[3], expected, "hidden until {until}, the deadline is 1005");
    }
}

#[test]
fn a_lost_answer_is_settled_by_what_is_read_and_by_nothing_else() {
    let lost = || answered(Outcome::Unknown { why: "no answer".into() }, 600);
    let mut read = one();
    let seen = verdicts(&mut read, [(leaving(0), 0), (arrived("some", 300), 300), (lost(), 600)]);
    assert_eq!(seen, [Verdict::Waiting, Verdict::Waiting, Verdict::Delivered]);
    let mut silent = one();
    let steps = [(leaving(0), 0), (lost(), 600), (Observation::Swept(at(999)), 1500), (Observation::Swept(at(1000)), 2000)];
    assert_eq!(verdicts(&mut silent, steps)[2..], [Verdict::Waiting, Verdict::Unknown], "the deadline runs from sending");
    let mut late = one();
    assert_eq!(verdicts(&mut late, [(leaving(0), 0), (lost(), 600), (arrived("some", 1001), 1001)])[2], Verdict::Late);
}

#[test]
fn an_entry_that_is_sent_again_has_the_verdict_of_its_last_answer() {
    let throttled = || answered(Outcome::Rejected { code: "ThrottlingException".into(), message: "slow down".into() }, 10);
    let mut tracker = one();
    let steps = [(leaving(0), 0), (throttled(), 10), (leaving(100), 100), (accepted(110), 110), (arrived("ours", 120), 120)];
    let expected = [Verdict::Waiting, Verdict::Rejected, Verdict::Waiting, Verdict::Waiting, Verdict::Delivered];
    assert_eq!(verdicts(&mut tracker, steps), expected);
    assert_eq!(tracker.report(0).judgement.latency_ms, Some(20), "from the request that was accepted");
}

#[test]
fn what_is_withheld_is_held_back_by_silence_and_never_counted_as_published() {
    let mut tracker = tracker(&[Expectation::Withheld]);
    assert!(tracker.is_watching() && !tracker.is_publishing());
    tracker.step(Observation::Swept(at(1001)), at(2001));
    assert_eq!(verdict(&tracker), Verdict::HeldBack);
    let tally = tracker.tally(at(2001));
    assert_eq!((tally.published, tally.accepted, tally.counts.held_back), (0, 0, 1));
    assert!(tracker.is_proven(at(2001)));
    tracker.step(arrived("some", 2002), at(2002));
    assert_eq!(verdict(&tracker), Verdict::Unexpected);
}

#[test]
fn the_deadline_of_what_is_withheld_runs_from_where_it_is_withheld() {
    let mut tracker = tracker(&[Expectation::Withheld, Expectation::MustArrive]);
    tracker.step(Observation::Withheld(at(8000)), at(8000));
    assert_eq!(tracker.next_deadline(at(0)), Some(at(9000)), "and no longer from the beginning of the run");
    tracker.step(Observation::Swept(at(1001)), at(8001));
    assert_eq!(verdict(&tracker), Verdict::Waiting);
    tracker.step(Observation::Swept(at(9000)), at(9500));
    assert_eq!((verdict(&tracker), tracker.is_watching()), (Verdict::HeldBack, false));
}

#[test]
fn the_end_of_watching_settles_what_never_left_and_doubts_the_rest() {
    let mut tracker = tracker(&[Expectation::MustArrive; 3]);
    tracker.step(Observation::Leaving { entries: vec![1, 2], at: at(0) }, at(0));
    let accepted = Outcome::Accepted { event_id: "ours".into() };
    tracker.step(Observation::Answered(Answer { entry: 2, outcome: accepted, request_id: None, at: at(5) }), at(5));
    tracker.step(Observation::Over, at(500));
    let verdicts = |tracker: &Tracker| (0..3).map(|entry| tracker.report(entry).judgement.verdict).collect::<Vec<_>>();
    assert_eq!(verdicts(&tracker), [Verdict::NotSent, Verdict::Waiting, Verdict::Waiting], "before the deadline it may still come");
    tracker.step(Observation::Over, at(1006));
    assert_eq!(verdicts(&tracker), [Verdict::NotSent, Verdict::Unknown, Verdict::Unknown], "never Missing");
    assert!(tracker.is_settled());
}

#[test]
fn an_empty_run_proves_nothing() {
    assert!(!tracker(&[]).is_proven(at(0)));
}
