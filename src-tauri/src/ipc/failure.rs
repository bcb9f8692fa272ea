//! A rejected command.

use serde::Serialize;
use waybill_console::{Error, ErrorCode};

/// What a command answers.
pub(crate) type Answer<T> = Result<T, Failure>;

/// What the page gets when a command is rejected.
#[derive(Debug, Serialize)]
pub(crate) struct Failure {
    code: ErrorCode,
    message: String,
    /// For refused fields: JSON of `[{field, reason}]`.
    detail: Option<String>,
}

#[derive(Serialize)]
struct Refused<'a> {
    field: &'a str,
    reason: &'a str,
}

impl Failure {
    /// What cannot be done as things stand on this machine.
    pub(crate) fn refused(message: String) -> Self {
        Self { code: ErrorCode::Refused, message, detail: None }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let fields: Vec<Refused<'_>> = error.fields().iter().map(|field| Refused { field: field.field, reason: &field.reason }).collect();
        let detail = if fields.is_empty() { None } else { serde_json::to_string(&fields).ok() };
        Self { code: error.code(), message: error.sentence(), detail }
    }
}
