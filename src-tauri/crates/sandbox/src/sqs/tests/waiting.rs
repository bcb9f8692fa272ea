//! Who waits for a message is told at the right time.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Waker};

use tokio::sync::futures::OwnedNotified;

use super::*;

fn waiter(lab: &Lab) -> Pin<Box<OwnedNotified>> {
    let mut waiter = Box::pin(lab.queues.get(&queue("q")).unwrap().woken());
    is_woken(&mut waiter);
    waiter
}

fn is_woken(waiter: &mut Pin<Box<OwnedNotified>>) -> bool {
    pin!(waiter).poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

#[test]
fn a_message_wakes_one_waiter_and_the_rest_of_a_batch_the_next() {
    let mut lab = Lab::with_queue("q", &[]);
    let (mut first, mut second) = (waiter(&lab), waiter(&lab));
    assert!(!is_woken(&mut first), "nothing is there yet");
    lab.send_all("q", &["a"]);
    assert!(is_woken(&mut first) && !is_woken(&mut second), "one message, one waiter");
    lab.receive("q", 10);
    assert!(!is_woken(&mut second), "the message is taken");
    lab.send_all("q", &["b", "c", "d"]);
    assert!(is_woken(&mut second));
    let mut third = waiter(&lab);
    lab.receive("q", 1);
    assert!(is_woken(&mut third), "who leaves messages behind passes the call on");
}

#[test]
fn a_message_that_is_given_back_wakes_a_waiter() {
    let mut lab = Lab::with_queue("q", &[]);
    lab.send_all("q", &["m"]);
    let handle = lab.receive("q", 1)[0].handle.clone();
    let mut waiting = waiter(&lab);
    // The send rang for nobody; that call is still stored.
    is_woken(&mut waiting);
    let mut waiting = waiter(&lab);
    lab.hide("q", &handle, 0).unwrap();
    assert!(is_woken(&mut waiting));
}

#[test]
fn a_message_that_comes_back_sooner_than_known_wakes_everyone() {
    let mut lab = Lab::with_queue("q", &[]);
    let (mut first, mut second) = (waiter(&lab), waiter(&lab));
    lab.send("q", Draft { delay_s: Some(10), ..text("m") }).unwrap();
    assert!(is_woken(&mut first) && is_woken(&mut second), "each sets its timer anew");
    assert_eq!(lab.queues.get(&queue("q")).unwrap().next_due_ms(), Some(lab.now_ms + 10_000));
    let mut third = waiter(&lab);
    lab.send("q", Draft { delay_s: Some(20), ..text("m") }).unwrap();
    assert!(!is_woken(&mut third), "a later one changes no timer");
}

#[test]
fn a_deleted_queue_wakes_everyone() {
    let mut lab = Lab::with_queue("q", &[]);
    let mut waiters = [waiter(&lab), waiter(&lab)];
    lab.at(|queues, moment| queues.delete(&queue("q"), moment)).unwrap();
    assert!(waiters.iter_mut().all(is_woken));
}

#[test]
fn the_last_message_in_flight_of_a_group_wakes_a_waiter_when_deleted() {
    let mut lab = Lab::with_queue("q.fifo", &[("FifoQueue", "true")]);
    for body in ["a", "b"] {
        lab.send("q.fifo", grouped(body, "g", Some(body))).unwrap();
    }
    let handle = lab.receive("q.fifo", 1)[0].handle.clone();
    let woken = || Box::pin(lab.queues.get(&queue("q.fifo")).unwrap().woken());
    let mut stored = woken();
    is_woken(&mut stored);
    let mut waiting = woken();
    assert!(!is_woken(&mut waiting), "the group waits");
    lab.delete("q.fifo", &handle).unwrap();
    assert!(is_woken(&mut waiting), "the group is open again");
}
