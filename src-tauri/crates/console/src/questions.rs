//! What a connection that asks before every write is asking about.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{broadcast, oneshot};
use waybill_aws::{Asker, Gate, Question, Reply};
use waybill_domain::WriteMode;

use crate::view::{LiveEvent, QuestionView, Topic};
use crate::{Console, Error};

/// The questions that are open; all clones are one.
#[derive(Clone)]
pub(crate) struct Questions(Arc<Inner>);

struct Inner {
    live: broadcast::Sender<LiveEvent>,
    /// Whether somebody said that they answer.
    attended: AtomicBool,
    next: AtomicU64,
    open: Mutex<BTreeMap<u64, (Question, oneshot::Sender<bool>)>>,
}

impl Questions {
    pub fn new(live: broadcast::Sender<LiveEvent>) -> Self {
        Self(Arc::new(Inner { live, attended: AtomicBool::new(false), next: AtomicU64::new(1), open: Mutex::default() }))
    }

    /// The gate of a connection, which asks here.
    pub fn gate(&self, connection: &str, mode: WriteMode) -> Gate {
        Gate::new(connection, mode, Arc::new(self.clone()))
    }

    fn put(&self, question: Question) -> (u64, oneshot::Receiver<bool>) {
        let (answer, wait) = oneshot::channel();
        let id = self.0.next.fetch_add(1, Ordering::Relaxed);
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner).insert(id, (question, answer));
        self.tell();
        (id, wait)
    }

    fn take(&self, id: u64) -> Option<oneshot::Sender<bool>> {
        let taken = self.0.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        taken.map(|(_, answer)| answer).inspect(|_| self.tell())
    }

    fn tell(&self) {
        // Whoever attends asks for the open questions when told.
        drop(self.0.live.send(LiveEvent::Changed { topic: Topic::Questions }));
    }
}

impl Asker for Questions {
    fn ask(&self, question: Question) -> Pin<Box<dyn Future<Output = Reply> + Send>> {
        let questions = self.clone();
        Box::pin(async move {
            if !questions.0.attended.load(Ordering::Relaxed) {
                return Reply::Nobody;
            }
            let (id, wait) = questions.put(question);
            let withdrawn = Withdrawn { questions: &questions, id };
            let answer = wait.await;
            drop(withdrawn);
            match answer {
                Ok(true) => Reply::Yes,
                Ok(false) => Reply::No,
                Err(_) => Reply::Nobody,
            }
        })
    }
}

/// Takes a question back when nobody waits for its answer any more.
struct Withdrawn<'a> {
    questions: &'a Questions,
    id: u64,
}

impl Drop for Withdrawn<'_> {
    fn drop(&mut self) {
        drop(self.questions.take(self.id));
    }
}

impl Console {
    /// Says that somebody is there who answers [`Console::questions`]; before, they are answered with no.
    pub fn attend(&self) {
        self.inner.questions.0.attended.store(true, Ordering::Relaxed);
    }

    /// What is being asked now, the oldest first.
    pub fn questions(&self) -> Vec<QuestionView> {
        let open = self.inner.questions.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        let view = |(id, (question, _)): (&u64, &(Question, oneshot::Sender<bool>))| QuestionView {
            id: *id,
            connection: question.connection.clone(),
            calls: question.calls.clone(),
            input: serde_json::to_string_pretty(&question.input).unwrap_or_default(),
        };
        open.iter().map(view).collect()
    }

    /// Answers a question.
    ///
    /// # Errors
    /// When it is no longer asked.
    pub fn answer_question(&self, id: u64, yes: bool) -> Result<(), Error> {
        let answer = self.inner.questions.take(id).ok_or_else(|| Error::NotFound("this question is no longer asked".to_owned()))?;
        // Whoever asked may have gone meanwhile.
        let _ = answer.send(yes);
        Ok(())
    }
}
