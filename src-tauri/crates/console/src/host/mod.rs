//! Who runs the sandbox of a data folder, and how everybody else finds it.
//!
//! Three files decide. `sandbox.lock` is held exclusively by the process that *is* the sandbox. `sandbox.json` tells endpoint and
//! pid. `sandbox.users` is held shared by every process that uses the sandbox: a sandbox in the background takes it exclusively,
//! which the operating system grants once the last user is gone, and then ends. The system releases all three with the process,
//! however it ends.

mod attachment;
mod files;
mod holder;
mod serve;

pub use attachment::Attachment;
pub use files::BusPermissions;
pub use holder::run_in_background;
pub use serve::{ServeFlags, Served, ServedSandbox, serve};

/// How long a sandbox may take to answer after it was started, in milliseconds.
const START_LIMIT_MS: u64 = 10_000;
