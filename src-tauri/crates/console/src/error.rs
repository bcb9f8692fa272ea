//! What can go wrong in a use case, with the sentence for people, the code for the window and the exit code for scripts.

use serde::Serialize;
use ts_rs::TS;
use waybill_aws::{CallError, CallErrorKind, ConnectError};
use waybill_domain::{Invalid, StepRefused};
use waybill_store::{OpenError, StoreError};

/// What the window can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ErrorCode {
    /// A field was refused; nothing changed.
    BadInput,
    /// Not possible as things stand.
    Refused,
    /// It does not exist.
    NotFound,
    /// The name is taken.
    Conflict,
    /// AWS refused a call.
    Aws,
    /// AWS, or the sandbox, does not answer.
    Unreachable,
    /// There are no AWS credentials.
    NoCredentials,
    /// Waybill's own file.
    Store,
    /// Something of Waybill's own is broken.
    Broken,
}

/// Why a use case failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Fields were refused; nothing changed.
    #[error("{}", sentences(.0))]
    BadInput(Vec<Invalid>),
    /// Not possible as things stand.
    #[error("{0}")]
    Refused(String),
    /// It does not exist.
    #[error("{0}")]
    NotFound(String),
    /// The name is taken.
    #[error("{0}")]
    Conflict(String),
    /// The chain could not be set up.
    #[error("{sentence}")]
    SetUp {
        /// Where it stopped and why.
        sentence: String,
        /// Of which kind the cause is.
        code: ErrorCode,
    },
    /// AWS refused a call or was not reached.
    #[error("{0}")]
    Aws(#[from] CallError),
    /// No connection could be made.
    #[error("{0}")]
    Connect(#[from] ConnectError),
    /// Waybill's file cannot be opened.
    #[error("{0}")]
    Open(#[from] OpenError),
    /// Waybill's file refused.
    #[error("Waybill's own file could not be read or written")]
    Store(#[source] StoreError),
    /// The sandbox could not be started or reached.
    #[error("the sandbox cannot be used: {0}")]
    Host(String),
    /// A defect of Waybill.
    #[error("{0}")]
    Broken(String),
}

impl Error {
    /// Refuses one field.
    pub(crate) fn bad_input(field: &'static str, reason: impl Into<String>) -> Self {
        Self::BadInput(vec![Invalid::new(field, reason)])
    }

    /// A failed write of a name: one that is taken is refused at its field.
    pub(crate) fn of_name(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { what } => Self::bad_input("Name", what),
            other => other.into(),
        }
    }

    /// The code for the window.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::BadInput(_) | Self::Open(_) => ErrorCode::BadInput,
            Self::Refused(_) => ErrorCode::Refused,
            Self::NotFound(_) => ErrorCode::NotFound,
            Self::Conflict(_) => ErrorCode::Conflict,
            Self::Aws(call) => call_code(call),
            Self::SetUp { code, .. } => *code,
            Self::Connect(_) => ErrorCode::BadInput,
            Self::Store(_) => ErrorCode::Store,
            Self::Host(_) => ErrorCode::Unreachable,
            Self::Broken(_) => ErrorCode::Broken,
        }
    }

    /// The whole sentence for people: what failed and why, with everything that caused it.
    pub fn sentence(&self) -> String {
        match self {
            Self::BadInput(_)
            | Self::Refused(_)
            | Self::NotFound(_)
            | Self::Conflict(_)
            | Self::SetUp { .. }
            | Self::Host(_)
            | Self::Broken(_) => self.to_string(),
            Self::Open(error) => crate::setup::sentence_of(error),
            Self::Aws(error) => crate::setup::sentence_of(error),
            Self::Connect(error) => crate::setup::sentence_of(error),
            Self::Store(StoreError::Sqlite(why)) => format!("{self}: {why}"),
            Self::Store(error) => format!("{self}: {}", crate::setup::sentence_of(error)),
        }
    }

    /// A file that an argument names cannot be read.
    pub fn unreadable_file(field: &'static str, file: &std::path::Path, error: &std::io::Error) -> Self {
        Self::bad_input(field, format!("`{}` cannot be read: {error}", file.display()))
    }

    /// A file that an argument names cannot be written.
    pub fn unwritable_file(field: &'static str, file: &std::path::Path, error: &std::io::Error) -> Self {
        Self::bad_input(field, format!("`{}` cannot be written: {error}", file.display()))
    }

    /// A format that a command does not answer in.
    pub fn unknown_format(reason: &str) -> Self {
        Self::bad_input("Format", reason)
    }

    /// A defect of the program around the use cases.
    pub fn broken(what: impl Into<String>) -> Self {
        Self::Broken(what.into())
    }

    /// The exit code of the command line: 2 wrong use or bad input, 3 AWS not reachable or no credentials, 1 anything else.
    pub fn exit_code(&self) -> u8 {
        match self.code() {
            // What stands in the way of a chain is AWS's state, not what was typed.
            ErrorCode::Refused if matches!(self, Self::SetUp { .. }) => 1,
            ErrorCode::BadInput | ErrorCode::NotFound | ErrorCode::Conflict | ErrorCode::Refused => 2,
            ErrorCode::Unreachable | ErrorCode::NoCredentials => 3,
            ErrorCode::Aws | ErrorCode::Store | ErrorCode::Broken => 1,
        }
    }

    /// The refused fields, if that is what it is.
    pub fn fields(&self) -> &[Invalid] {
        match self {
            Self::BadInput(fields) => fields,
            _ => &[],
        }
    }
}

/// The code of a failed AWS call.
pub(crate) const fn call_code(call: &CallError) -> ErrorCode {
    match call.kind {
        CallErrorKind::Unreachable | CallErrorKind::OutcomeUnknown => ErrorCode::Unreachable,
        CallErrorKind::NoCredentials => ErrorCode::NoCredentials,
        CallErrorKind::Withheld => ErrorCode::Refused,
        _ => ErrorCode::Aws,
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::BadInput(vec![invalid])
    }
}

impl From<Vec<Invalid>> for Error {
    fn from(invalid: Vec<Invalid>) -> Self {
        Self::BadInput(invalid)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { what } => Self::Conflict(what),
            not_found @ StoreError::NotFound { .. } => Self::NotFound(not_found.to_string()),
            other => Self::Store(other),
        }
    }
}

impl From<StepRefused> for Error {
    fn from(refused: StepRefused) -> Self {
        Self::Refused(refused.to_string())
    }
}

fn sentences(fields: &[Invalid]) -> String {
    fields.iter().map(Invalid::to_string).collect::<Vec<_>>().join("\n")
}
