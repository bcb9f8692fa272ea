//! Whole chains on the sandbox, through the real SDK.
#![allow(clippy::unwrap_used, missing_docs, unreachable_pub)]

mod apply;
mod bench;
mod resume;
mod scan;
mod undo;
