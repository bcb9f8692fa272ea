//! Redrive to a dead-letter queue.

use super::*;

fn lab(max_receives: u32) -> Lab {
    let mut lab = Lab::with_queue("dead", &[]);
    lab.create("q", &[("RedrivePolicy", &redrive_to("dead", max_receives))]).unwrap();
    lab
}

#[test]
fn a_message_received_too_often_moves_and_keeps_its_identity() {
    let mut lab = lab(2);
    let sent = lab.send("q", text("poison")).unwrap();
    let sent_ms = lab.now_ms;
    for count in [1, 2] {
        assert_eq!(lab.receive_for("q", 10, Some(0))[0].count, count);
        lab.pass_s(1);
    }
    assert_eq!(lab.receive_for("q", 10, Some(0)), [], "the third receive finds nothing");
    assert_eq!((lab.counts("q"), lab.counts("dead")), ([0, 0, 0], [1, 0, 0]), "it moved instead");
    let sequence =
        lab.at(|queues, moment| queues.receive(&queue("dead"), Ask { max: 1, visibility_s: None, attempt: None }, moment)).unwrap()[0];
    let dead = lab.queues.get(&queue("dead")).unwrap().message(sequence).unwrap();
    assert_eq!((&dead.message.id, dead.message.sent_ms), (&sent.message_id, sent_ms), "same id, same age");
    assert_eq!(dead.message.dead_letter_source, Some(queue("q").to_string()));
    assert_eq!(dead.receives.count, 3, "the count goes on over all queues");
}

#[test]
fn a_spent_message_makes_room_for_the_next() {
    let mut lab = lab(1);
    lab.send_all("q", &["poison", "good"]);
    lab.receive_for("q", 1, Some(0));
    assert_eq!(lab.bodies("q", 1), ["good"], "one call moves the spent one and returns another");
    assert_eq!(lab.bodies("dead", 10), ["poison"]);
}

#[test]
fn without_its_dead_letter_queue_a_message_stays() {
    let mut lab = lab(1);
    lab.at(|queues, moment| queues.delete(&queue("dead"), moment)).unwrap();
    lab.send_all("q", &["m"]);
    for count in 1..4 {
        assert_eq!(lab.receive_for("q", 1, Some(0))[0].count, count);
    }
}

#[test]
fn counts_of_an_earlier_queue_do_not_push_a_message_further() {
    let mut lab = Lab::with_queue("last", &[]);
    lab.create("middle", &[("RedrivePolicy", &redrive_to("last", 2))]).unwrap();
    lab.create("q", &[("RedrivePolicy", &redrive_to("middle", 3))]).unwrap();
    lab.send_all("q", &["m"]);
    for _ in 0..4 {
        lab.receive_for("q", 1, Some(0));
    }
    for count in [4, 5] {
        assert_eq!(lab.receive_for("middle", 1, Some(0))[0].count, count);
    }
    assert_eq!(lab.receive_for("middle", 1, Some(0)), []);
    assert_eq!(lab.counts("last"), [1, 0, 0]);
}

#[test]
fn a_redrive_policy_needs_an_existing_and_willing_target() {
    let mut lab = Lab::with_queue("q", &[]);
    let refused = lab.set("q", &[("RedrivePolicy", &redrive_to("dead", 1))]).unwrap_err().to_string();
    assert!(refused.ends_with("Reason: Dead letter target does not exist."), "{refused}");
    lab.create("dead", &[("RedriveAllowPolicy", r#"{"redrivePermission":"denyAll"}"#)]).unwrap();
    assert!(lab.set("q", &[("RedrivePolicy", &redrive_to("dead", 1))]).is_err(), "the target takes nobody's");
    lab.set("dead", &[("RedriveAllowPolicy", "")]).unwrap();
    lab.set("q", &[("RedrivePolicy", &redrive_to("dead", 1))]).unwrap();
    assert_eq!(lab.queues.dead_letter_sources(&queue("dead")), [&queue("q")]);
    lab.set("q", &[("RedrivePolicy", "")]).unwrap();
    assert!(lab.queues.dead_letter_sources(&queue("dead")).is_empty(), "an empty text removes it");
}
