//! The doctor against the fault lab: every fault is named as what it is, repaired, proven, and taken back.
#![allow(clippy::unwrap_used, missing_docs)]
#![allow(clippy::print_stdout, reason = "the table of faults and named causes is what these tests show")]

mod bus_log;
mod chains;
mod dice;
mod faults;
mod healthy;
mod lab;
mod live;
mod pairs;
mod repairs;
mod world;
