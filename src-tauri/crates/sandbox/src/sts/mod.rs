//! AWS STS (Query protocol, XML answers).

mod xml;

pub(crate) use xml::error_xml;

use crate::call::{Call, Outcome};
use crate::error::ApiError;

const VERSION: &str = "2011-06-15";

/// The operations that the sandbox serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    /// Who am I?
    GetCallerIdentity,
}

impl Operation {
    /// Every operation, for the page that lists them.
    #[cfg(test)]
    pub(crate) const NAMES: &[&str] = &["GetCallerIdentity"];

    /// The operation of this `Action`.
    pub(crate) fn named(name: &str) -> Result<Self, ApiError> {
        match name {
            "GetCallerIdentity" => Ok(Self::GetCallerIdentity),
            _ => Err(ApiError::sender("InvalidAction", format!("Could not find operation {name} for version {VERSION}"))),
        }
    }

    /// Runs it; nothing can refuse it.
    pub(crate) fn run(self, call: &Call<'_>) -> Outcome {
        match self {
            Self::GetCallerIdentity => Outcome::Done(caller_identity(call).into_bytes()),
        }
    }
}

fn caller_identity(call: &Call<'_>) -> String {
    let arn = call.caller.arn();
    xml::answer("GetCallerIdentity", &[("Arn", &arn), ("UserId", &call.caller.user_id), ("Account", &call.caller.account)], call.request_id)
}
