//! Visibility, delay, retention, receipt handles.

use super::*;

#[test]
fn a_received_message_is_hidden_and_comes_back() {
    let mut lab = Lab::with_queue("q", &[("VisibilityTimeout", "30")]);
    lab.send_all("q", &["m"]);
    for (after_s, visibility_s, count, why) in [
        (0, None, Some(1), "the first receive"),
        (29, None, None, "still hidden by the queue's timeout"),
        (1, Some(5), Some(2), "back again"),
        (4, None, None, "hidden by the receive's own timeout"),
        (1, Some(0), Some(3), "back again"),
        (0, None, Some(4), "a timeout of 0 hides nothing, and counts all the same"),
    ] {
        lab.pass_s(after_s);
        let seen = lab.receive_for("q", 10, visibility_s);
        assert_eq!(seen.first().map(|seen| seen.count), count, "{why}");
    }
}

#[test]
fn the_first_receive_is_remembered() {
    let mut lab = Lab::with_queue("q", &[]);
    lab.send_all("q", &["m"]);
    lab.pass_s(1);
    let first_ms = lab.now_ms;
    for _ in 0..2 {
        lab.receive_for("q", 1, Some(0));
        lab.pass_s(1);
    }
    let sequence =
        lab.at(|queues, moment| queues.receive(&queue("q"), Ask { max: 1, visibility_s: None, attempt: None }, moment)).unwrap()[0];
    let stored = lab.queues.get(&queue("q")).unwrap().message(sequence).unwrap();
    assert_eq!((stored.receives.first_ms, stored.receives.last_ms), (first_ms, lab.now_ms));
}

#[test]
fn a_receive_takes_up_to_its_maximum_oldest_first() {
    let mut lab = Lab::with_queue("q", &[]);
    lab.send_all("q", &["a", "b", "c"]);
    assert_eq!(lab.bodies("q", 2), ["a", "b"]);
    assert_eq!(lab.bodies("q", 2), ["c"]);
    assert_eq!(lab.counts("q"), [0, 0, 3]);
}

#[test]
fn a_delay_hides_a_message_from_everyone() {
    let mut lab = Lab::with_queue("q", &[("DelaySeconds", "10")]);
    lab.send("q", Draft { delay_s: Some(0), ..text("at once") }).unwrap();
    lab.send("q", Draft { delay_s: Some(20), ..text("later") }).unwrap();
    lab.send_all("q", &["as the queue says"]);
    assert_eq!(lab.counts("q"), [1, 2, 0]);
    for (after_s, bodies) in [(0, &["at once"][..]), (9, &[]), (1, &["as the queue says"]), (9, &[]), (1, &["later"])] {
        lab.pass_s(after_s);
        assert_eq!(lab.bodies("q", 10), bodies, "{after_s} s later");
    }
    let refused = lab.send("q", Draft { delay_s: Some(901), ..text("too late") }).unwrap_err();
    assert_eq!(refused.to_string(), "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.");
}

#[test]
fn messages_older_than_the_retention_are_gone() {
    let mut lab = Lab::with_queue("q", &[("MessageRetentionPeriod", "60")]);
    lab.send_all("q", &["old"]);
    lab.pass_s(30);
    lab.receive_for("q", 1, Some(3600));
    lab.send_all("q", &["young"]);
    lab.pass_s(31);
    assert_eq!(lab.counts("q"), [1, 0, 0], "in flight or not, the old one is gone");
    assert_eq!(lab.bodies("q", 10), ["young"]);
}

#[test]
fn only_the_latest_handle_deletes() {
    let mut lab = Lab::with_queue("q", &[]);
    lab.send_all("q", &["m"]);
    let old = lab.receive_for("q", 1, Some(0))[0].handle.clone();
    let latest = lab.receive_for("q", 1, Some(1))[0].handle.clone();
    assert_ne!(old, latest, "each receive has its own handle");
    lab.delete("q", &old).unwrap();
    assert_eq!(lab.counts("q"), [0, 0, 1], "the old handle answers success and deletes nothing");
    lab.pass_s(5);
    lab.delete("q", &latest).unwrap();
    assert_eq!(lab.counts("q"), [0, 0, 0], "the latest one deletes even after its timeout");
    lab.delete("q", &latest).unwrap();
    lab.delete("q", &old).unwrap();
}

#[test]
fn a_handle_is_good_for_the_queue_that_gave_it_out() {
    let mut lab = Lab::with_queue("q", &[]);
    lab.create("other", &[]).unwrap();
    lab.send_all("q", &["m"]);
    let handle = lab.receive("q", 1)[0].handle.clone();
    assert_eq!(lab.delete("other", &handle), Err(SqsError::NotAHandle(handle.clone())));
    assert_eq!(lab.hide("q", "nonsense", 0), Err(SqsError::NotAHandle("nonsense".into())));
    lab.at(|queues, moment| queues.delete(&queue("q"), moment)).unwrap();
    lab.pass_s(60);
    lab.create("q", &[]).unwrap();
    assert_eq!(lab.delete("q", &handle), Err(SqsError::NotAHandle(handle.clone())), "nor after the queue was re-created");
}

#[test]
fn visibility_can_be_changed_while_the_handle_is_the_latest() {
    let mut lab = Lab::with_queue("q", &[]);
    lab.send_all("q", &["m"]);
    let first = lab.receive_for("q", 1, Some(10))[0].handle.clone();
    lab.hide("q", &first, 100).unwrap();
    lab.pass_s(50);
    assert_eq!(lab.counts("q"), [0, 0, 1], "extended");
    lab.hide("q", &first, 0).unwrap();
    assert_eq!(lab.counts("q"), [1, 0, 0], "given back");
    lab.hide("q", &first, 10).unwrap();
    assert_eq!(lab.counts("q"), [0, 0, 1], "and taken again, as nobody received it since");
    lab.hide("q", &first, 0).unwrap();
    let second = lab.receive("q", 1)[0].clone();
    assert_eq!(second.count, 2, "changes of visibility do not count as receives");
    assert_eq!(lab.hide("q", &first, 5), Err(SqsError::NotAvailable(first)));
    lab.delete("q", &second.handle).unwrap();
    assert_eq!(lab.hide("q", &second.handle, 5), Err(SqsError::NotAvailable(second.handle)));
}

#[test]
fn visibility_stays_within_twelve_hours_of_the_receive() {
    let mut lab = Lab::with_queue("q", &[]);
    lab.send_all("q", &["m"]);
    let handle = lab.receive("q", 1)[0].handle.clone();
    lab.hide("q", &handle, 43_200).unwrap();
    lab.pass_s(1);
    for (seconds, problem) in [(43_200, "beyond the limit"), (43_201, "Must be >= 0 and <= 43200"), (-1, "Must be >= 0")] {
        let refused = lab.hide("q", &handle, seconds).unwrap_err().to_string();
        assert!(refused.contains(problem), "{seconds}: {refused}");
    }
}

#[test]
fn a_message_must_fit_the_queue() {
    let mut lab = Lab::with_queue("q", &[("MaximumMessageSize", "1024")]);
    lab.send("q", text(&"x".repeat(1024))).unwrap();
    let refused = lab.send("q", text(&"x".repeat(1025))).unwrap_err().to_string();
    assert_eq!(refused, "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.");
}
