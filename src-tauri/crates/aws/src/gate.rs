//! The one place that every request passes on its way out: what writes is let through, asked about, or refused, as the connection's mode
//! says.
//!
//! An interceptor of every client ([`Guard`]) stops whatever writes and was not let through, before it is signed or sent. Whoever writes
//! sends through [`Gate::through`], which asks where the mode says so; a run, which sends many requests of few kinds, asks once by
//! [`Gate::allow`].

use std::collections::HashMap;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_sqs::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use serde_json::Value;
use waybill_domain::WriteMode;

use crate::operation::{is_read, service_of};
use crate::{CallError, CallErrorKind, call_error};

mod guard;

pub(crate) use guard::Guard;

tokio::task_local! {
    /// The operation that this task was let through with.
    static LET_THROUGH: (&'static str, &'static str);
}

/// A request, or the requests of a run, about which somebody is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The connection's name.
    pub connection: String,
    /// What is to be sent: service and operation, or the operations of a run.
    pub calls: Vec<String>,
    /// What is sent, as AWS's API reference spells it.
    pub input: Value,
}

/// The answer to a [`Question`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// It may be sent.
    Yes,
    /// It may not.
    No,
    /// Nobody was there to ask.
    Nobody,
}

/// Somebody who can be asked.
pub trait Asker: Send + Sync {
    /// Asks, and waits for the answer.
    fn ask(&self, question: Question) -> Pin<Box<dyn Future<Output = Reply> + Send>>;
}

/// Why a request was not let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    ReadOnly,
    Declined,
    Nobody,
}

/// A request that writes was not let through; nothing left.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", sentence(.connection, *.why))]
pub(crate) struct Withheld {
    connection: String,
    why: Why,
}

fn sentence(connection: &str, why: Why) -> String {
    match why {
        Why::ReadOnly => format!(
            "the connection `{connection}` is read-only; to let it write, set its mode to ask or free (`waybill connections mode \
             {connection} ask`)"
        ),
        Why::Declined => format!("the connection `{connection}` asks before every write, and the answer was no"),
        Why::Nobody => format!(
            "the connection `{connection}` asks before every write, and nobody was there to answer; run the command in a terminal, or say \
             --yes"
        ),
    }
}

/// The gate of one connection; all clones are one.
#[derive(Clone)]
pub struct Gate(Arc<Inner>);

struct Inner {
    connection: String,
    mode: Mutex<WriteMode>,
    asker: Option<Arc<dyn Asker>>,
    /// How many hold an [`Allowance`] for an operation.
    allowed: Mutex<HashMap<&'static str, u32>>,
}

/// While this lives, the operations that it was given for are let through.
#[must_use]
pub struct Allowance {
    gate: Gate,
    operations: &'static [&'static str],
}

impl Gate {
    /// A gate that lets everything through.
    pub fn open() -> Self {
        Self::build("open".to_owned(), WriteMode::Free, None)
    }

    /// The gate of a connection.
    pub fn new(connection: impl Into<String>, mode: WriteMode, asker: Arc<dyn Asker>) -> Self {
        Self::build(connection.into(), mode, Some(asker))
    }

    fn build(connection: String, mode: WriteMode, asker: Option<Arc<dyn Asker>>) -> Self {
        Self(Arc::new(Inner { connection, mode: Mutex::new(mode), asker, allowed: Mutex::default() }))
    }

    /// The connection's mode.
    pub fn mode(&self) -> WriteMode {
        *self.0.mode.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the mode; it holds for every request from now on.
    pub fn set_mode(&self, mode: WriteMode) {
        *self.0.mode.lock().unwrap_or_else(PoisonError::into_inner) = mode;
    }

    /// Sends a request, after asking where the mode says so.
    ///
    /// # Errors
    /// [`CallErrorKind::Withheld`] when it may not be sent, else what became of it.
    pub async fn through<T, E>(
        &self,
        call: (&'static str, &'static str),
        input: &Value,
        sending: impl Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    ) -> Result<T, CallError>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        if !is_read(call.1) && !self.is_allowed(call.1) {
            let question =
                || Question { connection: self.0.connection.clone(), calls: vec![format!("{}:{}", call.0, call.1)], input: input.clone() };
            self.ask(question).await.map_err(|withheld| withheld.of(call))?;
        }
        let answer = LET_THROUGH.scope(call, Box::pin(sending)).await;
        answer.map_err(|error| call_error(call.0, call.1, error))
    }

    /// Asks once about the many requests of a run. They are let through for as long as the answer is kept.
    ///
    /// # Errors
    /// [`CallErrorKind::Withheld`] when they may not be sent; it names the first operation.
    pub async fn allow(&self, operations: &'static [&'static str], input: Value) -> Result<Allowance, CallError> {
        let named = || operations.iter().map(|operation| format!("{}:{operation}", service_of(operation))).collect();
        let question = || Question { connection: self.0.connection.clone(), calls: named(), input };
        let first = operations.first().copied().unwrap_or("nothing");
        self.ask(question).await.map_err(|withheld| withheld.of((service_of(first), first)))?;
        let mut allowed = self.0.allowed.lock().unwrap_or_else(PoisonError::into_inner);
        operations.iter().for_each(|operation| *allowed.entry(operation).or_default() += 1);
        drop(allowed);
        Ok(Allowance { gate: self.clone(), operations })
    }

    async fn ask(&self, question: impl FnOnce() -> Question) -> Result<(), Withheld> {
        let why = match (self.mode(), &self.0.asker) {
            (WriteMode::Free, _) => return Ok(()),
            (WriteMode::ReadOnly, _) => Why::ReadOnly,
            (WriteMode::Ask, None) => Why::Nobody,
            (WriteMode::Ask, Some(asker)) => match asker.ask(question()).await {
                Reply::Yes => return Ok(()),
                Reply::No => Why::Declined,
                Reply::Nobody => Why::Nobody,
            },
        };
        Err(Withheld { connection: self.0.connection.clone(), why })
    }

    fn is_allowed(&self, operation: &str) -> bool {
        self.0.allowed.lock().unwrap_or_else(PoisonError::into_inner).get(operation).is_some_and(|count| *count > 0)
    }

    /// Whether a request may leave now: the last look at it, by the interceptor of every client.
    fn check(&self, operation: &str) -> Result<(), Withheld> {
        let why = match self.mode() {
            _ if is_read(operation) => return Ok(()),
            WriteMode::Free => return Ok(()),
            WriteMode::ReadOnly => Why::ReadOnly,
            WriteMode::Ask => {
                let is_asked = LET_THROUGH.try_with(|(_, asked)| *asked == operation).unwrap_or(false);
                if is_asked || self.is_allowed(operation) {
                    return Ok(());
                }
                Why::Declined
            }
        };
        Err(Withheld { connection: self.0.connection.clone(), why })
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate").field("connection", &self.0.connection).field("mode", &self.mode()).finish_non_exhaustive()
    }
}

impl Withheld {
    fn of(self, (service, operation): (&'static str, &'static str)) -> CallError {
        CallError {
            service,
            operation,
            kind: CallErrorKind::Withheld,
            code: None,
            message: self.to_string(),
            http_status: None,
            request_id: None,
        }
    }
}

impl Drop for Allowance {
    fn drop(&mut self) {
        let mut allowed = self.gate.0.allowed.lock().unwrap_or_else(PoisonError::into_inner);
        for operation in self.operations {
            allowed.entry(operation).and_modify(|count| *count = count.saturating_sub(1));
        }
    }
}
