//! What no compiler checks: who may know whom, how long a file may be, and that generated files stay as generated.
#![allow(clippy::unwrap_used, missing_docs)]

mod arrows;
mod files;
mod pages;
mod sources;
