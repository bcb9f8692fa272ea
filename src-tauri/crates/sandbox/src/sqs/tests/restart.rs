//! What a restart keeps.

use super::*;

#[test]
fn a_restart_keeps_messages_counts_deadlines_and_handles() {
    let mut lab = Lab::with_queue("q", &[("VisibilityTimeout", "30")]);
    lab.send_all("q", &["held", "gone", "ready"]);
    lab.send("q", Draft { delay_s: Some(60), ..text("delayed") }).unwrap();
    let held = lab.receive("q", 1)[0].handle.clone();
    let gone = lab.receive("q", 1)[0].handle.clone();
    lab.delete("q", &gone).unwrap();
    lab.pass_s(10);
    lab.restart();
    assert_eq!(lab.counts("q"), [1, 1, 1], "nothing lost, nothing come back");
    lab.pass_s(19);
    assert_eq!(lab.counts("q"), [1, 1, 1], "the visibility deadline is the same as before");
    lab.hide("q", &held, 0).unwrap();
    let counts: Vec<_> = lab.receive("q", 10).into_iter().map(|seen| (seen.body, seen.count)).collect();
    assert_eq!(counts, [("held".to_owned(), 2), ("ready".to_owned(), 1)]);
    lab.pass_s(31);
    assert_eq!(lab.counts("q"), [3, 0, 0], "the delay ended in its time");
}

#[test]
fn a_handle_of_before_deletes_after() {
    let mut lab = Lab::with_queue("q", &[]);
    lab.send_all("q", &["m"]);
    let handle = lab.receive("q", 1)[0].handle.clone();
    lab.restart();
    lab.delete("q", &handle).unwrap();
    assert_eq!(lab.counts("q"), [0, 0, 0]);
    lab.restart();
    assert_eq!(lab.counts("q"), [0, 0, 0], "and it stays deleted");
}

#[test]
fn a_restart_keeps_queues_as_they_were() {
    let mut lab = Lab::with_queue("dead", &[]);
    lab.create("q", &[("RedrivePolicy", &redrive_to("dead", 3)), ("DelaySeconds", "7")]).unwrap();
    lab.create("deleted", &[]).unwrap();
    lab.send_all("deleted", &["m"]);
    lab.at(|queues, moment| queues.delete(&queue("deleted"), moment)).unwrap();
    lab.at(|queues, moment| queues.get_mut(&queue("q")).unwrap().purge(moment)).unwrap();
    let before = lab.queues.get(&queue("q")).unwrap().shown();
    lab.restart();
    assert_eq!(lab.queues.get(&queue("q")).unwrap().shown(), before);
    assert_eq!(lab.queues.counts(), (2, 0));
    let purge = lab.at(|queues, moment| queues.get_mut(&queue("q")).unwrap().purge(moment));
    assert!(purge.is_err(), "the last purge is remembered");
}

#[test]
fn a_restart_keeps_fifo_order_and_deduplication() {
    let mut lab = Lab::with_queue("q.fifo", &[("FifoQueue", "true")]);
    for body in ["a", "b"] {
        lab.send("q.fifo", grouped(body, "g", Some(body))).unwrap();
    }
    lab.receive_for("q.fifo", 1, Some(10));
    lab.restart();
    lab.send("q.fifo", grouped("a again", "g", Some("a"))).unwrap();
    lab.send("q.fifo", grouped("c", "g", Some("c"))).unwrap();
    assert!(lab.bodies("q.fifo", 10).is_empty(), "the group still waits for its message in flight");
    lab.pass_s(10);
    assert_eq!(lab.bodies("q.fifo", 10), ["a", "b", "c"]);
}

#[test]
fn a_dead_letter_survives_where_it_went() {
    let mut lab = Lab::with_queue("dead", &[]);
    lab.create("q", &[("RedrivePolicy", &redrive_to("dead", 1))]).unwrap();
    lab.send_all("q", &["m"]);
    for _ in 0..2 {
        lab.receive_for("q", 1, Some(0));
    }
    lab.restart();
    assert_eq!((lab.counts("q"), lab.counts("dead")), ([0, 0, 0], [1, 0, 0]));
    assert_eq!(lab.receive("dead", 1)[0].count, 2);
}
