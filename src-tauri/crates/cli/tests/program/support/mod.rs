//! A data folder of its own for every test, the program on it, and the AWS SDK to do things behind Waybill's back.

mod cloud;
mod door;
mod folder;
mod foreign;
mod patience;
mod program;
mod serving;
mod shape;
mod witness;

pub use cloud::{ACCOUNT, Cloud, REGION};
pub use door::Door;
pub use folder::Snapshot;
pub use foreign::Foreign;
pub use patience::until;
pub use program::{ADMIN, Answer, Running, Waybill, signal};
pub use serving::{Serving, order, order_to};
pub use shape::{counts_add_up, is_run, is_summary, verdicts};
pub use witness::Witness;

/// The nine event types in the order of iLert's page.
pub const NINE: [&str; 9] = [
    "incident-created",
    "incident-acknowledged",
    "incident-resolved",
    "incident-assigned",
    "incident-auto-escalated",
    "incident-auto-resolved",
    "incident-rejected",
    "incident-raised",
    "incident-comment-added",
];
