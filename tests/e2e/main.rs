//! The main jobs of the window, each driven as a person would drive it. They prove wiring; rules are tested where they stand.
//!
//! They open the real window: run them with `make e2e`.
#![allow(clippy::unwrap_used, missing_docs)]

mod accessibility;
mod actions;
mod connections;
mod deliveries;
mod desktop;
mod doctor;
mod first_run;
mod overview;
mod publish;
mod read_only;
mod sources;
mod theme;
mod tour;
#[allow(dead_code, reason = "the specs need only a part of what the pictures need")]
#[path = "../window/mod.rs"]
mod window;
mod wizard;
