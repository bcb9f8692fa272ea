//! Waybill's use cases as plain functions over one context that wires the parts together. The window and the command line both call
//! these; nothing here knows Tauri or clap, and nothing prints.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod view;
