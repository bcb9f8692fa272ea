//! `waybill verify`, measured from outside.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::process::Command;

use crate::process::{cpu, peak_mib};

/// How often the process is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// A proof with what it took.
pub(crate) struct Proof {
    /// As `runs list` lists it.
    pub(crate) run: Value,
    /// From the start of the command to its end, with the answer on its way into nothing.
    pub(crate) command: Duration,
    pub(crate) cpu: Duration,
    pub(crate) peak_mib: f64,
}

impl Proof {
    /// Events per second from the run's first commit to its verdict.
    pub(crate) fn per_second(&self) -> f64 {
        self.run["total"].as_f64().unwrap() / self.run["duration_ms"].as_f64().unwrap() * 1e3
    }

    pub(crate) fn cpu_ms_per_event(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e3 / self.run["total"].as_f64().unwrap()
    }
}

/// Proves `events` events.
pub(crate) async fn prove(program: &str, folder: &Path, events: u32) -> Proof {
    let begun = Instant::now();
    let mut command = Command::new(program);
    command.args(["verify", "--timeout", "120s", "--format", "json", "--count", &events.to_string(), "--data-dir"]).arg(folder);
    let mut child = command.stdout(Stdio::null()).kill_on_drop(true).spawn().unwrap();
    let pid = child.id().unwrap();
    let (mut peak, mut used) = (0.0, Duration::ZERO);
    while child.try_wait().unwrap().is_none() {
        peak = peak_mib(pid).unwrap_or(peak);
        used = cpu(pid).unwrap_or(used);
        look_again().await;
    }
    let took = begun.elapsed();
    Proof { run: newest(program, folder).await, command: took, cpu: used, peak_mib: peak }
}

#[allow(clippy::disallowed_methods, reason = "a process is measured from outside by looking at it")]
async fn look_again() {
    tokio::time::sleep(LOOK).await;
}

async fn newest(program: &str, folder: &Path) -> Value {
    let mut command = Command::new(program);
    let output = command.args(["runs", "list", "--format", "json", "--data-dir"]).arg(folder).output().await.unwrap();
    let mut listed: Value = serde_json::from_slice(&output.stdout).unwrap();
    listed["runs"][0].take()
}
