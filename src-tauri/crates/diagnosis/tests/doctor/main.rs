//! A diagnosis over HTTP.
#![allow(clippy::unwrap_used, missing_docs)]

mod case;
mod permissions;
mod together;
