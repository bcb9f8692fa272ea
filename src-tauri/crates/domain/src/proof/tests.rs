use super::*;
use crate::{Timestamp, Verdict};

const TIMEOUT: i64 = 1000;

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn accepted() -> Sending {
    Sending::Accepted { left: at(0), at: at(100), event_id: "ours".into() }
}

fn unknown() -> Sending {
    Sending::OutcomeUnknown { left: at(0), why: "no answer".into() }
}

fn copy(id: &str, millis: i64) -> ReadBack {
    ReadBack { event_id: Some(id.into()), at: at(millis), differs: None }
}

fn changed(id: &str, millis: i64) -> ReadBack {
    ReadBack { differs: Some("detail.priority".into()), ..copy(id, millis) }
}

/// What the watcher of a healthy run knows some time after every deadline.
fn healthy() -> Watch<'static> {
    Watch { now: at(5000), swept: Some(at(4000)), gaps: &[], hidden: None, is_shared: false, over: false }
}

fn verdict(expectation: Expectation, sending: Sending, copies: &[ReadBack], watch: &Watch<'_>) -> Verdict {
    Evidence { expectation, sending, copies: copies.to_vec() }.judge(TIMEOUT, watch).verdict
}

#[test]
fn what_must_arrive_is_judged_by_the_copies_that_were_read() {
    let cases: [(&str, Sending, Vec<ReadBack>, Verdict); 17] = [
        ("equal and in time", accepted(), vec![copy("ours", 1100)], Verdict::Delivered),
        ("equal, read before the answer that names its id", accepted(), vec![copy("ours", 50)], Verdict::Delivered),
        ("one millisecond too late", accepted(), vec![copy("ours", 1101)], Verdict::Late),
        ("two distinct copies", accepted(), vec![copy("ours", 500), copy("ours", 600)], Verdict::Duplicate),
        ("in time, and once more after the deadline", accepted(), vec![copy("ours", 3000), copy("ours", 600)], Verdict::Duplicate),
        ("changed", accepted(), vec![changed("ours", 500)], Verdict::Changed),
        ("changed, then equal in time", accepted(), vec![changed("ours", 500), copy("ours", 600)], Verdict::Duplicate),
        ("changed in time, equal too late", accepted(), vec![copy("ours", 3000), changed("ours", 600)], Verdict::Changed),
        ("equal too late, then changed", accepted(), vec![changed("ours", 3000), copy("ours", 2000)], Verdict::Late),
        ("nothing", accepted(), vec![], Verdict::Missing),
        ("only an event of another id", accepted(), vec![copy("theirs", 500)], Verdict::Missing),
        ("its own and one of another id", accepted(), vec![copy("theirs", 500), copy("ours", 600)], Verdict::Duplicate),
        ("outcome unknown, read by content in time", unknown(), vec![copy("any", 1000)], Verdict::Delivered),
        ("outcome unknown, read by content too late", unknown(), vec![copy("any", 1001)], Verdict::Late),
        ("outcome unknown, the same event twice", unknown(), vec![copy("any", 10), copy("any", 20)], Verdict::Duplicate),
        ("outcome unknown, two events claim to be it", unknown(), vec![copy("one", 10), copy("two", 20)], Verdict::Unknown),
        ("outcome unknown, nothing", unknown(), vec![], Verdict::Unknown),
    ];
    for (name, sending, copies, expected) in cases {
        assert_eq!(verdict(Expectation::MustArrive, sending, &copies, &healthy()), expected, "{name}");
    }
}

#[test]
fn a_duplicate_says_when_one_of_its_copies_is_not_as_it_was_sent() {
    let judged = |second| {
        let copies = vec![copy("ours", 200), second];
        Evidence { sending: accepted(), copies, ..Evidence::planned(Expectation::MustArrive) }.judge(TIMEOUT, &healthy())
    };
    let plain = judged(copy("ours", 300));
    assert_eq!((plain.verdict, plain.reason.as_deref()), (Verdict::Duplicate, Some("2 distinct copies were read")));
    let forged = judged(changed("ours", 300));
    assert_eq!(forged.verdict, Verdict::Duplicate, "what was sent was read in time");
    assert_eq!(forged.reason.as_deref(), Some("2 distinct copies were read; not all are as sent: detail.priority"));
}

#[test]
fn what_must_not_arrive_is_held_back_by_silence_only() {
    let withheld = || Sending::Withheld { at: at(100) };
    let cases: [(&str, Expectation, Sending, Vec<ReadBack>, Verdict); 7] = [
        ("excluded and silent", Expectation::MustNotArrive, accepted(), vec![], Verdict::HeldBack),
        ("excluded and read", Expectation::MustNotArrive, accepted(), vec![copy("ours", 500)], Verdict::Unexpected),
        ("excluded and read after the deadline", Expectation::MustNotArrive, accepted(), vec![copy("ours", 3000)], Verdict::Unexpected),
        ("excluded and read with other content", Expectation::MustNotArrive, accepted(), vec![changed("ours", 500)], Verdict::Unexpected),
        ("excluded, and whether it was put on the bus is not known", Expectation::MustNotArrive, unknown(), vec![], Verdict::Unknown),
        ("withheld and silent", Expectation::Withheld, withheld(), vec![], Verdict::HeldBack),
        ("withheld and read", Expectation::Withheld, withheld(), vec![copy("any", 500)], Verdict::Unexpected),
    ];
    for (name, expectation, sending, copies, expected) in cases {
        assert_eq!(verdict(expectation, sending, &copies, &healthy()), expected, "{name}");
    }
}

#[test]
fn what_never_got_on_the_bus_says_so_whoever_asks() {
    let rejected = Sending::Rejected { left: at(0), code: "MalformedDetail".into(), message: "Detail is malformed.".into() };
    let over = Watch { over: true, ..healthy() };
    let not_sent = Sending::NotSent { why: "no connection".into() };
    let must = Expectation::MustArrive;
    assert_eq!(verdict(must, Sending::Planned, &[], &healthy()), Verdict::Waiting, "its turn may still come");
    assert_eq!(verdict(must, Sending::Planned, &[], &over), Verdict::NotSent, "nobody will send it");
    assert_eq!(verdict(must, not_sent.clone(), &[], &healthy()), Verdict::NotSent);
    assert_eq!(verdict(must, not_sent, &[copy("any", 5)], &healthy()), Verdict::Unknown, "what never left cannot come back");
    assert_eq!(verdict(must, rejected.clone(), &[], &healthy()), Verdict::Rejected);
    let reason = Evidence { sending: rejected, ..Evidence::planned(must) }.judge(TIMEOUT, &healthy()).reason;
    assert_eq!(reason.as_deref(), Some("MalformedDetail: Detail is malformed."));
}

#[test]
fn silence_counts_only_when_the_queue_was_read_all_the_time_and_once_more_after_the_deadline() {
    let gap = |from, to| vec![Gap { from: at(from), to: at(to), why: "no answer".into() }];
    let hidden = |until| Hidden { until: at(until), why: "another reader ended".into() };
    let (before, across, after) = (gap(-500, 0), gap(900, 1200), gap(1100, 2000));
    let (short, long) = (hidden(1100), hidden(1101));
    let (missing, held) = (Verdict::Missing, Verdict::HeldBack);
    let cases = [
        ("healthy", healthy(), missing, held),
        ("the deadline is not reached", Watch { now: at(1100), ..healthy() }, Verdict::Waiting, Verdict::Waiting),
        ("not read since", Watch { swept: Some(at(1099)), ..healthy() }, Verdict::Waiting, Verdict::Waiting),
        ("not read since, and nobody will", Watch { swept: None, over: true, ..healthy() }, Verdict::Unknown, Verdict::Unknown),
        ("a gap before it was sent", Watch { gaps: &before, ..healthy() }, missing, held),
        ("a gap before the deadline", Watch { gaps: &across, ..healthy() }, Verdict::Unknown, Verdict::Unknown),
        ("a gap, and not read since", Watch { gaps: &across, swept: Some(at(1099)), ..healthy() }, Verdict::Waiting, Verdict::Waiting),
        ("a gap, and nobody will", Watch { gaps: &across, swept: None, over: true, ..healthy() }, Verdict::Unknown, Verdict::Unknown),
        ("a gap after the deadline", Watch { gaps: &after, ..healthy() }, missing, held),
        ("in a queue that others read, too", Watch { is_shared: true, ..healthy() }, Verdict::Unknown, Verdict::Unknown),
        ("hidden until the deadline", Watch { hidden: Some(&short), ..healthy() }, missing, held),
        ("hidden past the deadline", Watch { hidden: Some(&long), ..healthy() }, Verdict::Unknown, Verdict::Unknown),
    ];
    for (name, watch, must, must_not) in cases {
        assert_eq!(verdict(Expectation::MustArrive, accepted(), &[], &watch), must, "{name}");
        assert_eq!(verdict(Expectation::MustNotArrive, accepted(), &[], &watch), must_not, "{name}");
        assert_eq!(verdict(Expectation::Withheld, Sending::Withheld { at: at(100) }, &[], &watch), must_not, "{name}");
        assert_eq!(verdict(Expectation::MustArrive, accepted(), &[copy("ours", 500)], &watch), Verdict::Delivered, "{name}: it was read");
    }
}

#[test]
fn a_request_without_an_answer_is_judged_when_its_program_is_gone() {
    let leaving = || Sending::Leaving { at: at(0) };
    let gone = |now| Watch { now: at(now), swept: None, over: true, ..healthy() };
    let must = Expectation::MustArrive;
    assert_eq!(verdict(must, leaving(), &[copy("any", 10)], &healthy()), Verdict::Waiting, "the answer names the id");
    assert_eq!(verdict(must, leaving(), &[], &gone(1000)), Verdict::Waiting, "it may still come in time");
    assert_eq!(verdict(must, leaving(), &[], &gone(1001)), Verdict::Unknown);
    assert_eq!(verdict(must, leaving(), &[copy("any", 10)], &gone(1001)), Verdict::Delivered);
}

#[test]
fn copies_of_a_closed_run_are_appended_with_a_word_of_their_own() {
    let word = |expectation, sending, before: &[ReadBack], copy: ReadBack| {
        Evidence { expectation, sending, copies: before.to_vec() }.amendment(TIMEOUT, &copy)
    };
    let must = Expectation::MustArrive;
    let rejected = || Sending::Rejected { left: at(0), code: "InternalFailure".into(), message: String::new() };
    assert_eq!(word(must, accepted(), &[], copy("ours", 1101)), Verdict::Late);
    assert_eq!(word(must, accepted(), &[], copy("ours", 1100)), Verdict::Unknown, "read in time, or by a clock that was set back");
    assert_eq!(word(must, accepted(), &[], changed("ours", 1101)), Verdict::Changed, "what is late and changed is not what was sent");
    assert_eq!(word(must, accepted(), &[], copy("theirs", 1101)), Verdict::Unexpected, "another event's copy does not make this one late");
    assert_eq!(word(must, accepted(), &[copy("ours", 500)], copy("ours", 600)), Verdict::Duplicate);
    assert_eq!(word(must, accepted(), &[copy("ours", 500)], copy("theirs", 600)), Verdict::Duplicate, "as while the run was open");
    assert_eq!(word(must, accepted(), &[copy("theirs", 500)], copy("ours", 2000)), Verdict::Late, "its own first copy");
    assert_eq!(word(must, unknown(), &[], copy("any", 1001)), Verdict::Late);
    assert_eq!(word(must, rejected(), &[], copy("any", 600)), Verdict::Unexpected, "it was refused, and came though");
    assert_eq!(word(Expectation::MustNotArrive, accepted(), &[], copy("ours", 600)), Verdict::Unexpected);
    assert_eq!(word(Expectation::Withheld, Sending::Withheld { at: at(0) }, &[], copy("any", 600)), Verdict::Unexpected);
}

#[test]
fn latency_is_counted_from_sending_and_never_negative() {
    let judged =
        |millis| Evidence { copies: vec![copy("ours", millis)], sending: accepted(), ..Evidence::planned(Expectation::MustArrive) };
    assert_eq!(judged(40).judge(TIMEOUT, &healthy()).latency_ms, Some(40), "read before the answer");
    assert_eq!(judged(-3).judge(TIMEOUT, &healthy()).latency_ms, Some(0), "another program's clock may be a little behind");
}
