//! Waybill's file: one SQLite database per data folder, one module per table.
//!
//! Reads go through a [`Ref`], writes through a [`Mut`] (one transaction each); both run off the async threads. Several handles and
//! several processes may use one folder at once. SQL stands in the table modules only.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod backup;
mod checkpoint;
mod column;
mod connect;
mod error;
mod guard;
mod handle;
mod hold;
mod migrate;
mod migrations;
mod report;
mod seal;
mod table;

pub use backup::BackupError;
pub use error::{OpenError, StoreError};
pub use handle::{Mut, Ref, Store};
pub use hold::{RunHold, RunHolds};
pub use table::*;
