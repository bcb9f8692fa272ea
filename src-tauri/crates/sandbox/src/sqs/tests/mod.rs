//! The model on an injected clock: what receivers see over time.

mod agreement;
mod dead_letters;
mod deliveries;
mod fifo;
mod queues;
mod restart;
mod visibility;
mod waiting;

use super::Queues;
use super::address::Address;
use super::attributes::AttributeMap;
use super::error::SqsError;
use super::message::Draft;
use super::moment::Moment;
use super::receiving::Ask;
use super::sending::Sent;
use crate::state::{Change, Database, Journal, Saved};

/// Queues with a clock of their own, ids that count, and the journal of everything.
struct Lab {
    queues: Queues,
    now_ms: i64,
    ids: u32,
    changes: Vec<Change>,
}

/// What a receiver sees of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    body: String,
    count: u32,
    handle: String,
}

impl Lab {
    /// No queues; one second past the epoch's first billion.
    fn new() -> Self {
        Self { queues: Queues::default(), now_ms: 1_000_000_000_000, ids: 0, changes: Vec::new() }
    }

    /// With a queue `name` that has these attributes.
    fn with_queue(name: &str, attributes: &[(&str, &str)]) -> Self {
        let mut lab = Self::new();
        lab.create(name, attributes).unwrap();
        lab
    }

    fn at<T>(&mut self, operation: impl FnOnce(&mut Queues, &mut Moment<'_>) -> T) -> T {
        let mut journal = Journal::recording();
        let ids = &mut self.ids;
        let mut next = || {
            *ids += 1;
            format!("id-{ids}")
        };
        let mut moment = Moment { now_ms: self.now_ms, ids: &mut next, journal: &mut journal };
        let outcome = operation(&mut self.queues, &mut moment);
        self.changes.extend(journal.into_changes());
        outcome
    }

    fn pass_s(&mut self, seconds: i64) {
        self.now_ms += seconds * 1000;
    }

    fn create(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<(), SqsError> {
        let attributes = map(attributes);
        self.at(|queues, moment| queues.create(queue(name), (&attributes, Default::default()), moment))
    }

    fn set(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<(), SqsError> {
        let attributes = map(attributes);
        self.at(|queues, moment| queues.set_attributes(&queue(name), &attributes, moment))
    }

    fn send(&mut self, name: &str, draft: Draft) -> Result<Sent, SqsError> {
        self.at(|queues, moment| queues.get_mut(&queue(name))?.send(draft, moment))
    }

    fn send_all(&mut self, name: &str, bodies: &[&str]) {
        for body in bodies {
            self.send(name, text(body)).unwrap();
        }
    }

    fn receive(&mut self, name: &str, max: usize) -> Vec<Seen> {
        self.receive_for(name, max, None)
    }

    fn receive_for(&mut self, name: &str, max: usize, visibility_s: Option<i64>) -> Vec<Seen> {
        let address = queue(name);
        let taken = self.at(|queues, moment| queues.receive(&address, Ask { max, visibility_s, attempt: None }, moment)).unwrap();
        let queue = self.queues.get(&address).unwrap();
        let seen = |&sequence: &u64| {
            let stored = queue.message(sequence).unwrap();
            Seen { body: stored.message.body.to_string(), count: stored.receives.count, handle: queue.handle(stored) }
        };
        taken.iter().map(seen).collect()
    }

    fn bodies(&mut self, name: &str, max: usize) -> Vec<String> {
        self.receive(name, max).into_iter().map(|seen| seen.body).collect()
    }

    fn delete(&mut self, name: &str, handle: &str) -> Result<(), SqsError> {
        self.at(|queues, moment| queues.get_mut(&queue(name))?.delete(handle, moment))
    }

    fn hide(&mut self, name: &str, handle: &str, seconds: i64) -> Result<(), SqsError> {
        self.at(|queues, moment| queues.get_mut(&queue(name))?.change_visibility(handle, seconds, moment))
    }

    /// Ready, delayed and in flight, as `GetQueueAttributes` counts them.
    fn counts(&mut self, name: &str) -> [usize; 3] {
        let now_ms = self.now_ms;
        self.at(|queues, moment| queues.get_mut(&queue(name)).unwrap().let_time_pass(now_ms, moment.journal));
        let shown = self.queues.get(&queue(name)).unwrap().shown();
        ["", "Delayed", "NotVisible"].map(|kind| shown[&format!("ApproximateNumberOfMessages{kind}")].parse().unwrap())
    }

    /// Everything in memory is lost; the rows are read back.
    fn restart(&mut self) {
        let folder = tempfile::tempdir().unwrap();
        let mut database = Database::open(&folder.path().join("sandbox.db")).unwrap();
        database.commit(self.changes.iter()).unwrap();
        self.queues = Queues::restore(&Saved::of(database.connection())).unwrap();
    }
}

fn queue(name: &str) -> Address {
    Address::new("eu-central-1", "123456789012", name)
}

fn map(entries: &[(&str, &str)]) -> AttributeMap {
    entries.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn text(body: &str) -> Draft {
    Draft { body: body.into(), sender: "me".into(), ..Draft::default() }
}

fn grouped(body: &str, group: &str, deduplication: Option<&str>) -> Draft {
    Draft { group: Some(group.into()), deduplication: deduplication.map(str::to_owned), ..text(body) }
}

fn redrive_to(name: &str, max_receives: u32) -> String {
    format!(r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":{max_receives}}}"#, queue(name))
}
