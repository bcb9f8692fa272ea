//! The tracker against a second reading of the design, under random worlds and random orders of hearing of them.
#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::*;
use waybill_domain::{EventType, Evidence, Expectation, Gap, IncidentId, ReadBack, Sending, Timestamp, Verdict};
use waybill_proof::{Answer, EntryRecord, Observation, Outcome, Tracker};

const TIMEOUT: i64 = 1000;
const LATEST: i64 = 4000;
const END: Timestamp = Timestamp::from_millis(10_000);

/// What really happened to one event.
#[derive(Debug, Clone)]
struct World {
    expectation: Expectation,
    left: Option<i64>,
    /// When it was answered and how; a request without an answer has none.
    answer: Option<(i64, Fate)>,
    copies: Vec<CopyRead>,
}

#[derive(Debug, Clone, PartialEq)]
enum Fate {
    Accepted,
    Rejected,
    Unknown,
}

#[derive(Debug, Clone)]
struct CopyRead {
    at: i64,
    ours: bool,
    equal: bool,
}

#[derive(Debug, Clone)]
struct Reading {
    gap: Option<(i64, i64)>,
    swept: Option<i64>,
}

fn world() -> impl Strategy<Value = World> {
    let expectation =
        prop_oneof![4 => Just(Expectation::MustArrive), 2 => Just(Expectation::MustNotArrive), 1 => Just(Expectation::Withheld)];
    let fate = prop_oneof![6 => Just(Fate::Accepted), 1 => Just(Fate::Rejected), 2 => Just(Fate::Unknown)];
    let copy =
        (0..LATEST, prop::bool::weighted(0.85), prop::bool::weighted(0.85)).prop_map(|(at, ours, equal)| CopyRead { at, ours, equal });
    let copies = prop_oneof![3 => prop::collection::vec(copy.clone(), 0..2), 1 => prop::collection::vec(copy, 2..4)];
    let left = prop::option::weighted(0.9, 0..500i64);
    (expectation, left, prop::option::weighted(0.9, (0..500i64, fate)), copies).prop_map(|(expectation, left, answer, copies)| {
        let left = left.filter(|_| expectation != Expectation::Withheld);
        let answer = answer.and_then(|(after, fate)| left.map(|left| (left + after, fate)));
        let reachable = expectation == Expectation::Withheld || left.is_some();
        let rejected = matches!(answer, Some((_, Fate::Rejected)));
        let copies = copies.into_iter().filter(|copy| reachable && !rejected && copy.at >= left.unwrap_or(0));
        // Without the id to go by, only equal content makes a copy belong to the event.
        let named = matches!(answer, Some((_, Fate::Accepted)));
        let copies = copies.map(|copy| CopyRead { equal: copy.equal || !named || !copy.ours, ..copy }).collect();
        World { expectation, left, answer, copies }
    })
}

fn reading() -> impl Strategy<Value = Reading> {
    let gap = prop::option::weighted(0.4, (0..LATEST, 1..1500i64)).prop_map(|gap| gap.map(|(from, length)| (from, from + length)));
    (gap, prop::option::weighted(0.9, 500..6000i64)).prop_map(|(gap, swept)| Reading { gap, swept })
}

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn observations(worlds: &[World]) -> Vec<Vec<Observation>> {
    // What concerns one event keeps its order as far as the ledger enforces it: leaving is committed before anything else.
    let mut lanes = Vec::new();
    for (entry, world) in (0u32..).zip(worlds) {
        let Some(left) = world.left else {
            lanes.push(world.copies.iter().map(|copy| arrived(entry, copy)).collect());
            continue;
        };
        let mut later: Vec<Observation> = world.copies.iter().map(|copy| arrived(entry, copy)).collect();
        if let Some((answered, fate)) = &world.answer {
            let outcome = match fate {
                Fate::Accepted => Outcome::Accepted { event_id: "ours".into() },
                Fate::Rejected => Outcome::Rejected { code: "MalformedDetail".into(), message: String::new() },
                Fate::Unknown => Outcome::Unknown { why: "no answer".into() },
            };
            later.push(Observation::Answered(Answer { entry, outcome, request_id: None, at: at(*answered) }));
        }
        lanes.push(vec![Observation::Leaving { entries: vec![entry], at: at(left) }]);
        lanes.last_mut().unwrap().extend(later);
    }
    lanes
}

fn arrived(entry: u32, copy: &CopyRead) -> Observation {
    let id = if copy.ours { "ours" } else { "theirs" };
    let differs = (!copy.equal).then(|| "detail".to_owned());
    Observation::Arrived { entry, copy: ReadBack { event_id: Some(id.into()), at: at(copy.at), differs } }
}

/// Feeds everything in an order drawn from `draws`, as far as each event's own order allows; copies before or after the answer.
fn tracked(worlds: &[World], reading: &Reading, draws: &[usize]) -> Tracker {
    let entries = worlds.iter().map(|world| EntryRecord {
        event_type: EventType::Created,
        incident: IncidentId(1),
        request_id: None,
        evidence: Evidence {
            sending: if world.expectation == Expectation::Withheld { Sending::Withheld { at: at(0) } } else { Sending::Planned },
            ..Evidence::planned(world.expectation)
        },
    });
    let mut tracker = Tracker::resume(entries, TIMEOUT, at(0));
    let mut lanes = observations(worlds);
    let mut now = 0;
    let mut draws = draws.iter().copied().cycle();
    while lanes.iter().any(|lane| !lane.is_empty()) {
        lanes.retain(|lane| !lane.is_empty());
        let lane = draws.next().unwrap_or(0) % lanes.len();
        let lane = &mut lanes[lane];
        let next = if matches!(lane[0], Observation::Leaving { .. }) { 0 } else { draws.next().unwrap_or(0) % lane.len() };
        now += 7;
        tracker.step(lane.remove(next), at(now));
        consistent(&tracker);
    }
    let gaps = reading.gap.map(|(from, to)| Gap { from: at(from), to: at(to), why: "gap".into() });
    tracker.step(Observation::Gaps(gaps.into_iter().collect()), END);
    if let Some(swept) = reading.swept {
        tracker.step(Observation::Swept(at(swept)), END);
    }
    tracker.step(Observation::Over, END);
    consistent(&tracker);
    tracker
}

/// What the tracker counts is what it holds.
fn consistent(tracker: &Tracker) {
    let waiting = (0..tracker.len()).filter(|entry| tracker.report(*entry).judgement.verdict == Verdict::Waiting).count();
    if tracker.is_settled() {
        assert_eq!(waiting, 0, "a settled run has no event that waits");
    }
}

/// The design's table, read a second time, from what happened and not from what was heard.
fn expected(world: &World, reading: &Reading) -> Verdict {
    let deadline = match (&world.expectation, world.left, &world.answer) {
        (Expectation::Withheld, ..) => TIMEOUT,
        (_, None, _) => return Verdict::NotSent,
        (_, Some(_), Some((_, Fate::Rejected))) => return Verdict::Rejected,
        (_, Some(_), Some((answered, Fate::Accepted))) => answered + TIMEOUT,
        (_, Some(left), _) => left + TIMEOUT,
    };
    let start = if world.expectation == Expectation::Withheld { 0 } else { world.left.unwrap() };
    let id_is_known = matches!(world.answer, Some((_, Fate::Accepted)));
    if !world.expectation.must_arrive() && !world.copies.is_empty() {
        return Verdict::Unexpected;
    }
    let own: Vec<&CopyRead> = world.copies.iter().filter(|copy| copy.ours || !id_is_known).collect();
    let ids: std::collections::BTreeSet<bool> = own.iter().map(|copy| copy.ours).collect();
    if !id_is_known && ids.len() > 1 {
        return Verdict::Unknown;
    }
    if own.iter().any(|copy| copy.equal && copy.at <= deadline) {
        return if world.copies.len() > 1 { Verdict::Duplicate } else { Verdict::Delivered };
    }
    if let Some(first) = own.iter().min_by_key(|copy| (copy.at, !copy.equal)) {
        return if first.equal { Verdict::Late } else { Verdict::Changed };
    }
    let in_gap = reading.gap.is_some_and(|(from, to)| from < deadline && to > start);
    let outcome_known = world.expectation == Expectation::Withheld || id_is_known;
    match (outcome_known && !in_gap && reading.swept.is_some_and(|swept| swept >= deadline), world.expectation.must_arrive()) {
        (false, _) => Verdict::Unknown,
        (true, true) => Verdict::Missing,
        (true, false) => Verdict::HeldBack,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn the_verdict_is_what_happened_in_whatever_order_it_is_heard(
        worlds in prop::collection::vec(world(), 1..6),
        reading in reading(),
        draws in prop::collection::vec(0..64usize, 1..40),
    ) {
        let tracker = tracked(&worlds, &reading, &draws);
        prop_assert!(tracker.is_settled());
        let mut all_fulfil = true;
        for (entry, world) in (0u32..).zip(&worlds) {
            let verdict = tracker.report(entry).judgement.verdict;
            prop_assert_eq!(verdict, expected(world, &reading), "{:?} under {:?}", world, reading);
            all_fulfil &= verdict.fulfils(world.expectation);
        }
        prop_assert_eq!(tracker.is_proven(END), all_fulfil && reading.gap.is_none());
        let tally = tracker.tally(END);
        let c = tally.counts;
        let all = c.not_sent + c.rejected + c.waiting + c.delivered + c.held_back + c.late + c.changed + c.missing + c.unknown + c.unexpected;
        prop_assert_eq!(all, worlds.len() as u64, "every event is counted once; duplicates within delivered");
    }
}
