//! The thread that commits, many calls at once.

use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::{Change, Database};

/// How many calls one transaction takes at most.
const GROUP: usize = 1024;

#[derive(Debug)]
struct Submission {
    changes: Vec<Change>,
    committed: oneshot::Sender<()>,
}

/// Takes journals in order and commits them in groups; dropping it flushes and joins.
#[derive(Debug)]
pub(crate) struct Writer {
    submissions: Option<Sender<Submission>>,
    thread: Option<JoinHandle<()>>,
}

/// Completes when the changes are committed.
#[derive(Debug)]
pub(crate) struct Ticket(Option<oneshot::Receiver<()>>);

impl Ticket {
    /// True once committed; false when the database refused (the changes are tried again with the next ones).
    pub(crate) async fn committed(self) -> bool {
        match self.0 {
            None => true,
            Some(receiver) => receiver.await.is_ok(),
        }
    }
}

impl Writer {
    /// A writer that has nothing to write to.
    pub(crate) fn ephemeral() -> Self {
        Self { submissions: None, thread: None }
    }

    /// Starts the thread on this database.
    pub(crate) fn start(database: Database) -> std::io::Result<Self> {
        let (submissions, inbox) = channel();
        let thread = std::thread::Builder::new().name("sandbox-writer".into()).spawn(move || write(database, &inbox))?;
        Ok(Self { submissions: Some(submissions), thread: Some(thread) })
    }

    /// Whether there is a database behind it.
    pub(crate) fn records(&self) -> bool {
        self.submissions.is_some()
    }

    /// Hands over changes; call it under the world's lock, so that the order is the world's.
    ///
    /// Without changes it waits for those before it, so that no answer shows what may still be lost.
    pub(crate) fn submit(&self, changes: Vec<Change>) -> Ticket {
        let Some(submissions) = &self.submissions else { return Ticket(None) };
        let (committed, receiver) = oneshot::channel();
        // A closed inbox means that the thread ended; the ticket then answers false.
        let _ = submissions.send(Submission { changes, committed });
        Ticket(Some(receiver))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.submissions = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the sandbox's writer thread panicked");
        }
    }
}

fn write(mut database: Database, inbox: &Receiver<Submission>) {
    let mut refused: Vec<Change> = Vec::new();
    while let Some(first) = next(&mut database, inbox) {
        let mut group = vec![first];
        group.extend(inbox.try_iter().take(GROUP));
        let changes = refused.iter().chain(group.iter().flat_map(|one| &one.changes));
        match commit(&mut database, changes) {
            Ok(()) => {
                refused.clear();
                for one in group {
                    // The caller may have gone away.
                    let _ = one.committed.send(());
                }
            }
            Err(error) => {
                tracing::error!(%error, "the sandbox could not commit; it tries again with the next call");
                refused.extend(group.into_iter().flat_map(|one| one.changes));
            }
        }
    }
}

/// The next submission; while there is none, room of deleted rows is given back.
fn next(database: &mut Database, inbox: &Receiver<Submission>) -> Option<Submission> {
    loop {
        match inbox.try_recv() {
            Ok(submission) => return Some(submission),
            Err(TryRecvError::Disconnected) => return None,
            Err(TryRecvError::Empty) => match database.give_back() {
                Ok(true) => {}
                Ok(false) => return inbox.recv().ok(),
                Err(error) => {
                    tracing::warn!(%error, "the sandbox's database could not be made smaller");
                    return inbox.recv().ok();
                }
            },
        }
    }
}

fn commit<'a>(database: &mut Database, changes: impl Iterator<Item = &'a Change>) -> Result<(), rusqlite::Error> {
    let mut changes = changes.peekable();
    if changes.peek().is_none() {
        return Ok(());
    }
    database.commit(changes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::TABLES;
    use crate::state::Saved;

    #[tokio::test]
    async fn a_ticket_completes_after_the_rows_are_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sandbox.db");
        let writer = Writer::start(Database::open(&path).unwrap()).unwrap();
        let change = Change::Put { table: TABLES[0], key: "k".into(), value: "1".into() };
        assert!(writer.submit(vec![change]).committed().await, "the commit is confirmed");
        let reader = Database::open(&path).unwrap();
        let rows: Vec<(String, i64)> = Saved::of(reader.connection()).rows(TABLES[0]).unwrap();
        assert_eq!(rows.len(), 1, "another connection sees it while the writer still runs");
    }

    #[tokio::test]
    async fn what_could_not_be_committed_is_committed_with_the_next_call() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sandbox.db");
        let writer = Writer::start(Database::open(&path).unwrap()).unwrap();
        let change = |key: &str| Change::Put { table: TABLES[0], key: key.into(), value: "1".into() };
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch(&format!("ALTER TABLE {} RENAME TO away", TABLES[0])).unwrap();
        assert!(!writer.submit(vec![change("a")]).committed().await, "no success without a commit");
        other.execute_batch(&format!("ALTER TABLE away RENAME TO {}", TABLES[0])).unwrap();
        assert!(writer.submit(vec![change("b")]).committed().await);
        let rows: Vec<(String, i64)> = Saved::of(&other).rows(TABLES[0]).unwrap();
        assert_eq!(rows.len(), 2, "memory and file agree again");
    }

    #[tokio::test]
    async fn an_ephemeral_writer_confirms_at_once() {
        assert!(Writer::ephemeral().submit(Vec::new()).committed().await);
    }
}
