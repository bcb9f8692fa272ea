//! The guided set-up: forms, plans, progress, undo, drafts.

mod apply;
mod draft;
mod form;
mod pattern;
mod show;

pub(crate) use apply::RunningSetups;
pub(crate) use draft::sentence_of;
pub use form::SetupArguments;
pub use pattern::{PatternOutcome, pattern_test};
pub(crate) use show::{links, setup_error};
