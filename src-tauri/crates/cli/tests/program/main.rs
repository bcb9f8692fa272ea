//! The real program `waybill` on the real sandbox: what scripts rely on, and what no signal may break.
#![allow(clippy::unwrap_used, missing_docs)]
#![allow(clippy::print_stderr, reason = "measurements are shown where a test is run with --nocapture")]

mod bench;
mod bus_logging;
mod chain;
mod connections;
mod doctor;
mod drift;
mod errors;
mod expectations;
mod expiring;
mod export;
mod interruptions;
mod kills;
mod large;
mod least;
mod neighbours;
mod outages;
mod pattern;
mod programs;
mod proof;
mod reading;
mod readonly;
mod records;
mod refusals;
mod rehearsal;
mod reports;
mod restarts;
mod scenarios;
mod secrets;
mod serve;
mod support;
mod transfer;
mod unreachable;
