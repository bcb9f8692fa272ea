//! The process under test.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

/// The process, until it is dropped.
pub(crate) struct Child {
    process: tokio::process::Child,
    pub(crate) about: Value,
    ready: Duration,
}

impl Child {
    pub(crate) async fn start(folder: &Path) -> Self {
        let begun = Instant::now();
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "child", "--nocapture"])
            .env("WAYBILL_TEST_FOLDER", folder)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        loop {
            let line = lines.next_line().await.unwrap().expect("it says where it listens");
            if line.starts_with('{') {
                return Self { process, about: serde_json::from_str(&line).unwrap(), ready: begun.elapsed() };
            }
        }
    }

    /// From its start until it listened.
    pub(crate) fn ready(&self) -> Duration {
        self.ready
    }

    /// SIGKILL.
    pub(crate) async fn kill(&mut self) {
        self.process.kill().await.unwrap();
    }

    /// Resident memory; 0 where the system does not tell.
    pub(crate) fn memory_mib(&self) -> u64 {
        let pid = self.process.id().unwrap();
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse::<u64>().ok());
        kib.unwrap_or(0) >> 10
    }
}
