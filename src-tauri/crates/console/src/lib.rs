//! Waybill's use cases as plain functions over one context that wires the parts together. The window and the command line both call
//! these; nothing here knows Tauri or clap, and nothing prints.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod actions;
mod activity;
mod adopt;
mod again;
mod aws_pages;
mod bench;
mod calls;
mod chain_log;
mod clock;
mod code;
mod compose;
mod connections;
mod context;
mod cycle;
mod deliveries;
mod doctor;
mod drift;
mod envelopes;
mod environment;
mod error;
mod evidence;
mod exports;
mod folder;
mod host;
mod inbox;
mod incidents;
mod ledger;
mod overview;
mod probe;
mod proof;
mod questions;
mod reading;
mod recorded;
mod rehearsal;
mod report;
mod request;
mod runs;
mod scenarios;
mod settings;
mod setup;
mod shape;
mod sources;
mod templates;
mod transfer;
pub mod view;
mod watch;

pub use bench::{BenchRequest, BenchRoute, Report as BenchReport, bench};
pub use context::{Console, OpenOptions, SANDBOX};
pub use error::{Error, ErrorCode};
pub use folder::DataFolder;
pub use host::{BusPermissions, ServeFlags, Served, ServedSandbox, run_in_background, serve};
pub use report::{ReportFormat, ReportVerdict, RunOutline, check_report};
pub use runs::{Verified, VerifyRequest};
pub use setup::{PatternOutcome, SetupArguments, pattern_test};
