//! Exit codes: 0 proven or done, 1 not proven, 2 wrong use or bad input, 3 AWS not reachable or no credentials, 130 interrupted.

use std::process::ExitCode;

use waybill_console::{Error, ErrorCode};

use crate::output::complain;

/// How a command ended when nothing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Proven, matched or done.
    Done,
    /// Not proven, or does not match.
    No,
    /// Input that turned out to be invalid and was told as the answer.
    Invalid,
    /// Stopped by what the answer tells: AWS was not reached, or something stands in the way.
    Stopped(ErrorCode),
    /// Stopped by a signal.
    Interrupted,
}

/// The exit code of a command; an error is told first.
pub fn code(outcome: Result<Ending, Error>) -> ExitCode {
    match outcome {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Stopped(ErrorCode::Unreachable | ErrorCode::NoCredentials)) => ExitCode::from(3),
        Ok(Ending::No | Ending::Stopped(_)) => ExitCode::from(1),
        Ok(Ending::Invalid) => ExitCode::from(2),
        Ok(Ending::Interrupted) => ExitCode::from(130),
        Err(error) => {
            complain(&error.sentence());
            ExitCode::from(error.exit_code())
        }
    }
}

/// The exit code after a defect of the program itself.
pub fn broken(message: &str) -> ExitCode {
    complain(message);
    ExitCode::from(1)
}
