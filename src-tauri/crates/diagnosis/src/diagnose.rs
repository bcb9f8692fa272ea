//! One diagnosis: everything is read once, and each check is judged as soon as what it asks for is there.

use waybill_aws::{CallError, CallErrorKind, Clients};
use waybill_domain::Timestamp;

use crate::case::Case;
use crate::check::{Check, Outcome};
use crate::judge::Judgement;
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
        let mut judgement = Judgement::default();
        judgement.go_on(case, &seen);
        Self { checks: judgement.into_checks(), seen }
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

/// Reads the chain and judges every check; `heard` is told of each as soon as it is judged. Changes nothing, and may be dropped at any time.
///
/// # Errors
/// When AWS is not reached at all.
pub async fn diagnose(
    clients: &Clients,
    case: &Case,
    now: fn() -> Timestamp,
    mut heard: impl FnMut(&Check) + Send,
) -> Result<Diagnosis, CallError> {
    let mut judgement = Judgement::default();
    let look = |seen: &Seen| {
        for id in judgement.go_on(case, seen) {
            judgement.of(id).into_iter().for_each(&mut heard);
        }
    };
    let seen = Box::pin(read(clients, case, now, look)).await;
    match &seen.identity {
        Err(Unread::Call(error)) if error.kind == CallErrorKind::Unreachable => Err(error.clone()),
        _ => Ok(Diagnosis { checks: judgement.into_checks(), seen }),
    }
}
