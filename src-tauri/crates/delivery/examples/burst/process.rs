//! The processes that are measured.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Clock ticks of `/proc/PID/stat` in a second, on every Linux that matters.
const TICKS: f64 = 100.0;

/// `waybill sandbox serve`, until it is dropped.
pub(crate) struct Server {
    child: Child,
    about: Value,
}

impl Server {
    pub(crate) async fn start(program: &str, folder: &Path) -> Self {
        let mut command = Command::new(program);
        let mut child =
            command.args(["sandbox", "serve", "--data-dir"]).arg(folder).stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().expect("it says where it listens");
        Self { child, about: serde_json::from_str(&line).unwrap() }
    }

    /// What it said about itself.
    pub(crate) fn about(&self) -> &Value {
        &self.about
    }

    pub(crate) fn peak_mib(&self) -> f64 {
        peak_mib(self.child.id().unwrap()).unwrap()
    }
}

/// A process's resident memory at its highest; none when it has ended.
pub(crate) fn peak_mib(pid: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kib| kib / 1024.0)
}

/// A process's processor time so far; none when it has ended.
pub(crate) fn cpu(pid: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let after_name = stat.rsplit_once(") ")?.1;
    let fields: Vec<f64> = after_name.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse().ok()).collect();
    Some(Duration::from_secs_f64(fields.iter().sum::<f64>() / TICKS))
}
