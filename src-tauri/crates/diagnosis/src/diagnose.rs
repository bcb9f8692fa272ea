//! One diagnosis: everything is read once, then every check is judged.

use waybill_aws::{CallError, CallErrorKind, Clients};

use crate::case::Case;
use crate::check::{Check, Outcome};
use crate::judge;
use crate::read::read;
use crate::seen::{Seen, Unread};

/// What a diagnosis came to.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// Every check, in causal order.
    pub checks: Vec<Check>,
    /// What they were judged by.
    pub seen: Seen,
}

impl Diagnosis {
    /// Judges what was read.
    pub fn of(case: &Case, seen: Seen) -> Self {
        Self { checks: judge::all(case, &seen), seen }
    }

    /// Whether no cause was found; what is suspect or unknown is told, but is no fault by itself.
    pub fn is_healthy(&self) -> bool {
        self.causes().next().is_none()
    }

    /// What was found to be a cause, in causal order.
    pub fn causes(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.outcome == Outcome::Cause)
    }
}

/// Reads the chain and judges every check. Changes nothing.
///
/// # Errors
/// When AWS is not reached at all.
pub async fn diagnose(clients: &Clients, case: &Case) -> Result<Diagnosis, CallError> {
    let seen = Box::pin(read(clients, case)).await;
    match &seen.identity {
        Err(Unread::Call(error)) if error.kind == CallErrorKind::Unreachable => Err(error.clone()),
        _ => Ok(Diagnosis::of(case, seen)),
    }
}
