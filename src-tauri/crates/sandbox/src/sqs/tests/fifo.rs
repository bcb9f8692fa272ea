//! FIFO queues: order within groups, deduplication.

use super::*;

fn lab(attributes: &[(&str, &str)]) -> Lab {
    Lab::with_queue("q.fifo", &[&[("FifoQueue", "true")], attributes].concat())
}

#[test]
fn groups_keep_their_order_and_wait_for_what_is_in_flight() {
    let mut lab = lab(&[]);
    for (body, group) in [("a1", "a"), ("b1", "b"), ("a2", "a"), ("b2", "b")] {
        lab.send("q.fifo", grouped(body, group, Some(body))).unwrap();
    }
    let first = lab.receive("q.fifo", 1).remove(0);
    assert_eq!(first.body, "a1");
    assert_eq!(lab.bodies("q.fifo", 10), ["b1", "b2"], "a waits, b does not");
    lab.delete("q.fifo", &first.handle).unwrap();
    assert_eq!(lab.bodies("q.fifo", 10), ["a2"]);
    lab.pass_s(30);
    assert_eq!(lab.bodies("q.fifo", 10), ["b1", "b2", "a2"], "what comes back keeps its place");
}

#[test]
fn a_repeated_deduplication_id_adds_nothing_for_five_minutes() {
    let mut lab = lab(&[]);
    let first = lab.send("q.fifo", grouped("one", "a", Some("x"))).unwrap();
    assert_eq!(lab.send("q.fifo", grouped("two", "b", Some("x"))).unwrap(), first, "the sender is told of the first message");
    let handle = lab.receive("q.fifo", 10)[0].handle.clone();
    lab.delete("q.fifo", &handle).unwrap();
    lab.pass_s(299);
    lab.send("q.fifo", grouped("three", "a", Some("x"))).unwrap();
    assert_eq!(lab.counts("q.fifo"), [0, 0, 0], "not even after the first was deleted");
    lab.pass_s(1);
    assert_ne!(lab.send("q.fifo", grouped("four", "a", Some("x"))).unwrap(), first);
    assert_eq!(lab.bodies("q.fifo", 10), ["four"]);
}

#[test]
fn content_based_deduplication_looks_at_the_body() {
    let mut lab = lab(&[("ContentBasedDeduplication", "true")]);
    for (body, id) in [("same", None), ("same", None), ("same", Some("explicit")), ("other", None)] {
        lab.send("q.fifo", grouped(body, "a", id)).unwrap();
    }
    assert_eq!(lab.bodies("q.fifo", 10), ["same", "same", "other"], "an explicit id goes before the content");
}

#[test]
fn deduplication_can_be_per_group() {
    let mut lab = lab(&[("DeduplicationScope", "messageGroup")]);
    for group in ["a", "b", "a"] {
        lab.send("q.fifo", grouped(group, group, Some("x"))).unwrap();
    }
    assert_eq!(lab.bodies("q.fifo", 10), ["a", "b"]);
}

#[test]
fn what_the_queue_type_needs_is_asked_for() {
    let mut lab = lab(&[]);
    lab.create("q", &[]).unwrap();
    for (name, draft, sentence) in [
        ("q.fifo", text("m"), "The request must contain the parameter MessageGroupId."),
        (
            "q.fifo",
            grouped("m", "a", None),
            "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
        ),
        (
            "q.fifo",
            Draft { delay_s: Some(2), ..grouped("m", "a", Some("x")) },
            "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
        ),
        (
            "q",
            grouped("m", "a", Some("x")),
            "Value x for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type.",
        ),
    ] {
        assert_eq!(lab.send(name, draft).unwrap_err().to_string(), sentence);
    }
    lab.send("q", grouped("m", "a", None)).unwrap();
    lab.send("q.fifo", Draft { delay_s: Some(0), ..grouped("m", "a", Some("x")) }).unwrap();
}

#[test]
fn an_expired_handle_is_refused() {
    let mut lab = lab(&[]);
    lab.send("q.fifo", grouped("m", "a", Some("x"))).unwrap();
    let first = lab.receive_for("q.fifo", 1, Some(1))[0].handle.clone();
    lab.pass_s(1);
    assert_eq!(lab.delete("q.fifo", &first), Err(SqsError::HandleExpired(first.clone())), "its timeout is over");
    assert_eq!(lab.hide("q.fifo", &first, 5), Err(SqsError::NotAvailable(first.clone())));
    let second = lab.receive("q.fifo", 1)[0].handle.clone();
    assert_eq!(lab.delete("q.fifo", &first), Err(SqsError::HandleExpired(first)), "another receive took it");
    lab.delete("q.fifo", &second).unwrap();
    lab.delete("q.fifo", &second).unwrap();
}

#[test]
fn the_queues_delay_keeps_the_order() {
    let mut lab = lab(&[("DelaySeconds", "10")]);
    lab.send("q.fifo", grouped("first", "a", Some("1"))).unwrap();
    lab.set("q.fifo", &[("DelaySeconds", "0")]).unwrap();
    lab.send("q.fifo", grouped("second", "a", Some("2"))).unwrap();
    assert!(lab.bodies("q.fifo", 10).is_empty(), "the second does not overtake");
    lab.pass_s(10);
    assert_eq!(lab.bodies("q.fifo", 10), ["first", "second"]);
}

#[test]
fn a_dead_letter_keeps_its_group_and_is_as_old_as_its_move() {
    let mut lab = Lab::with_queue("dead.fifo", &[("FifoQueue", "true")]);
    lab.create("q.fifo", &[("FifoQueue", "true"), ("RedrivePolicy", &redrive_to("dead.fifo", 1))]).unwrap();
    for body in ["a1", "a2"] {
        lab.send("q.fifo", grouped(body, "a", Some(body))).unwrap();
    }
    lab.receive_for("q.fifo", 1, Some(1));
    lab.pass_s(1);
    assert_eq!(lab.bodies("q.fifo", 10), ["a2"], "the next of the group follows in the same call");
    let sequence =
        lab.at(|queues, moment| queues.receive(&queue("dead.fifo"), Ask { max: 1, visibility_s: None, attempt: None }, moment)).unwrap()[0];
    let dead = &lab.queues.get(&queue("dead.fifo")).unwrap().message(sequence).unwrap().message;
    assert_eq!((dead.group.as_deref(), dead.sent_ms), (Some("a"), lab.now_ms));
}

#[test]
fn a_repeated_attempt_gets_the_same_messages_as_long_as_nobody_touched_them() {
    let mut lab = lab(&[]);
    for body in ["a1", "a2"] {
        lab.send("q.fifo", grouped(body, "a", Some(body))).unwrap();
    }
    let attempt = |lab: &mut Lab, id: &str| {
        let taken = lab
            .at(|queues, moment| queues.receive(&queue("q.fifo"), Ask { max: 10, visibility_s: None, attempt: Some(id) }, moment))
            .unwrap();
        let of_queue = lab.queues.get(&queue("q.fifo")).unwrap();
        taken.iter().filter_map(|&one| of_queue.message(one)).map(|one| (of_queue.handle(one), one.receives.count)).collect::<Vec<_>>()
    };
    let first = attempt(&mut lab, "one");
    assert_eq!(first.len(), 2);
    lab.pass_s(20);
    assert_eq!(attempt(&mut lab, "one"), first, "the same receipt handles, and no further receive");
    assert_eq!(attempt(&mut lab, "two"), [], "for another attempt the group is taken");
    lab.pass_s(20);
    assert_eq!(lab.bodies("q.fifo", 10), [""; 0], "the repeated attempt hid them anew");
    lab.delete("q.fifo", &first[0].0).unwrap();
    assert_eq!(attempt(&mut lab, "one"), [], "one of them is gone");
    lab.pass_s(10);
    let again = attempt(&mut lab, "one");
    assert_eq!((again.len(), again[0].1), (1, 2), "what came back is received anew");
}
