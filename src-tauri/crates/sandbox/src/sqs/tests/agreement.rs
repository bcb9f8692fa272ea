//! Rows and memory always say the same.

use super::*;
use crate::sqs::message::{Message, Receives};
use crate::sqs::shelf::Place;

const QUEUES: [&str; 3] = ["q", "dead", "q.fifo"];

/// Every message of every queue, with all that receivers did to it.
fn everything(lab: &mut Lab) -> Vec<(String, Message, Receives, Place)> {
    let mut all = Vec::new();
    for name in QUEUES {
        lab.counts(name);
        let queue = lab.queues.get(&queue(name)).unwrap();
        let mut sequences = queue.backlog.sequences();
        sequences.sort_unstable();
        for stored in sequences.into_iter().map(|sequence| queue.message(sequence).unwrap().clone()) {
            all.push((name.to_owned(), stored.message, stored.receives, stored.place));
        }
    }
    all
}

/// Numbers that look random and are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

fn step(lab: &mut Lab, dice: &mut Dice, handles: &mut Vec<(&'static str, String)>) {
    let name = QUEUES[usize::try_from(dice.below(3)).unwrap()];
    let seconds = i64::try_from(dice.below(8)).unwrap();
    let number = dice.below(40).to_string();
    let held = handles.get(usize::try_from(dice.below(20)).unwrap()).cloned();
    match (dice.below(6), held) {
        (0 | 1, _) if name == "q.fifo" => drop(lab.send(name, grouped("m", &number[..1], Some(&number)))),
        (0 | 1, _) => drop(lab.send(name, Draft { delay_s: Some(seconds), ..text(&number) })),
        (2, _) => handles.extend(lab.receive_for(name, 3, Some(seconds)).into_iter().map(|seen| (name, seen.handle))),
        (3, Some((name, handle))) => drop(lab.delete(name, &handle)),
        (4, Some((name, handle))) => drop(lab.hide(name, &handle, seconds)),
        _ => lab.pass_s(seconds),
    }
    if handles.len() > 20 {
        handles.remove(0);
    }
}

#[test]
fn after_any_operations_a_restart_changes_nothing() {
    for seed in 1..=3 {
        let mut lab = Lab::with_queue("dead", &[]);
        lab.create("q", &[("RedrivePolicy", &redrive_to("dead", 2)), ("MessageRetentionPeriod", "60")]).unwrap();
        lab.create("q.fifo", &[("FifoQueue", "true")]).unwrap();
        let (mut dice, mut handles) = (Dice(seed), Vec::new());
        for round in 0..8 {
            for _ in 0..100 {
                step(&mut lab, &mut dice, &mut handles);
            }
            let before = everything(&mut lab);
            lab.restart();
            assert_eq!(everything(&mut lab), before, "seed {seed}, round {round}");
        }
        assert_ne!(lab.counts("dead"), [0, 0, 0], "seed {seed} moved messages");
    }
}
