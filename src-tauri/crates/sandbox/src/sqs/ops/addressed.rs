//! Which queue a call means, and whether the caller may use it.

use crate::call::{Call, CallerKind};
use crate::config::organization_id;
use crate::policy::{Context, Principal, Request};
use crate::sqs::Queues;
use crate::sqs::address::Address;
use crate::sqs::error::SqsError;

/// An action as queue policies name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// A queue policy can allow it to other accounts.
    Shareable(&'static str),
    /// For the queue's account only (SQS developer guide, "Limitations of custom policies").
    Own(&'static str),
}

impl Action {
    fn name(self) -> &'static str {
        match self {
            Self::Shareable(name) | Self::Own(name) => name,
        }
    }
}

/// The existing queue behind `url`, if the caller may do `action` to it.
///
/// # Errors
/// No URL, no such queue, or another account's queue whose policy does not let the caller in.
pub(super) fn queue_at(queues: &Queues, call: &Call<'_>, (url, action): (Option<&str>, Action)) -> Result<Address, SqsError> {
    let url = url.filter(|url| !url.is_empty()).ok_or(SqsError::MissingParameter("QueueUrl"))?;
    let address = Address::from_url(call.region, url).ok_or_else(|| SqsError::InvalidAddress(url.to_owned()))?;
    permit(queues, call, (&address, action))?;
    Ok(address)
}

/// Whether the queue is there and the caller may do `action` to it.
///
/// The queue's own account may do everything that no statement denies; the administration of a queue stays open to it, as to the
/// account's root on AWS, so that a policy that denies everything can be taken back.
///
/// # Errors
/// As [`queue_at`].
pub(super) fn permit(queues: &Queues, call: &Call<'_>, (address, action): (&Address, Action)) -> Result<(), SqsError> {
    let queue = queues.get(address)?;
    let account = &*call.caller.account;
    let own = address.account == account;
    let Some(policy) = queue.settings().policy().filter(|_| !own || matches!(action, Action::Shareable(_))) else {
        return if own { Ok(()) } else { Err(denied(call, (address, action))) };
    };
    let resource = address.to_string();
    let organization = match call.caller.kind {
        CallerKind::Customer => organization_id(account),
        CallerKind::Partner => String::new(),
    };
    let keys = [
        ("aws:principalaccount", account),
        ("aws:principalisawsservice", "false"),
        ("aws:securetransport", "true"),
        ("aws:sourceip", "127.0.0.1"),
        ("aws:principalorgid", organization.as_str()),
    ];
    // Who is in no organization has no such key.
    let keys = if organization.is_empty() { &keys[..4] } else { &keys[..] };
    let context = Context { keys, now_ms: call.now_ms };
    let request = Request { principal: Principal::Account(account), action: action.name(), resource: &resource, context };
    let admitted = match action {
        Action::Shareable(_) if own => !policy.denies(&request),
        Action::Shareable(_) => policy.allows(&request),
        Action::Own(_) => false,
    };
    if admitted { Ok(()) } else { Err(denied(call, (address, action))) }
}

fn denied(call: &Call<'_>, (address, action): (&Address, Action)) -> SqsError {
    SqsError::AccessDenied { user: call.caller.arn(), action: action.name().to_ascii_lowercase(), queue: address.to_string() }
}
