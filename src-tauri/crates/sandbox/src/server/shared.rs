//! What every request needs.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

use super::protocol::Operation;
use super::signature::SigningKeys;
use super::{Door, Identities, Limits};
use crate::call::{Call, Outcome, Wait};
use crate::clock::Clock;
use crate::error::ApiError;
use crate::events::retry_due;
use crate::state::{Journal, Settings, World, Writer};

/// What every request needs.
pub(crate) struct Shared {
    /// The whole state.
    pub(crate) world: Mutex<World>,
    /// What does not change.
    pub(crate) settings: Settings,
    /// Commits what changed.
    pub(crate) writer: Writer,
    /// The time.
    pub(crate) clock: Arc<dyn Clock>,
    /// Who may call.
    pub(crate) identities: Identities,
    /// Who may knock.
    pub(crate) door: Door,
    /// How long a client may take.
    pub(crate) limits: Limits,
    /// Derived signing keys.
    pub(crate) signing_keys: SigningKeys,
    /// `http://host:port`.
    pub(crate) endpoint: String,
    /// Cancelled when the sandbox ends; ends long polls.
    pub(crate) ending: CancellationToken,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl Shared {
    /// Looks at the world, without changing it.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes what is not kept.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs an operation until it is done, and returns after its changes are committed.
    ///
    /// `call.now_ms` and `call.may_wait` are set anew for every attempt of a long poll.
    pub(crate) async fn run(&self, operation: &Operation, call: Call<'_>) -> Result<Vec<u8>, ApiError> {
        loop {
            let attempt = Call { now_ms: self.clock.now_ms(), may_wait: !self.ending.is_cancelled(), ..call };
            let (outcome, ticket) = {
                let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
                let mut journal = self.journal();
                retry_due(&mut world, attempt.now_ms, &mut journal);
                let outcome = operation.run(&mut world, &attempt, &mut journal);
                (outcome, self.writer.submit(journal.into_changes()))
            };
            match outcome {
                Ok(Outcome::Wait(wait)) => self.wait(wait).await,
                outcome if ticket.committed().await => {
                    return outcome.map(|outcome| match outcome {
                        Outcome::Done(answer) => answer,
                        Outcome::Wait(_) => unreachable!("the arm above took it"),
                    });
                }
                _ => return Err(ApiError::internal("The sandbox's database cannot be written.")),
            }
        }
    }

    /// Tries deliveries again whenever one is due, until the sandbox ends.
    pub(crate) async fn retry_deliveries(&self) {
        while !self.ending.is_cancelled() {
            let (wait, ticket) = {
                let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
                let mut journal = self.journal();
                retry_due(&mut world, self.clock.now_ms(), &mut journal);
                let wait = Wait { woken: world.retries.woken(), until_ms: world.retries.next_due_ms().unwrap_or(i64::MAX) };
                (wait, self.writer.submit(journal.into_changes()))
            };
            // Nobody was promised anything: what cannot be written now is written with the next call.
            ticket.committed().await;
            self.wait(wait).await;
        }
    }

    fn journal(&self) -> Journal {
        if self.writer.records() { Journal::recording() } else { Journal::forgetting() }
    }

    async fn wait(&self, wait: Wait) {
        tokio::select! {
            () = wait.woken => {}
            () = self.clock.reached(wait.until_ms) => {}
            () = self.ending.cancelled() => {}
        }
    }
}
