//! The program under test.

use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Clock ticks of `/proc/PID/stat` in a second, on every Linux that matters.
const TICKS: f64 = 100.0;

/// The program, until it is dropped.
pub(crate) struct Server {
    child: Child,
    about: Value,
    ready: Duration,
}

impl Server {
    /// Starts it and reads the first line that it prints.
    pub(crate) async fn start(command: &[String]) -> Self {
        let (program, arguments) = command.split_first().expect("the program to measure is the last argument");
        let begun = Instant::now();
        let mut child = Command::new(program).args(arguments).stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().expect("it says where it listens");
        Self { child, about: serde_json::from_str(&line).unwrap(), ready: begun.elapsed() }
    }

    /// What it said about itself.
    pub(crate) fn about(&self) -> &Value {
        &self.about
    }

    /// From its start to that line.
    pub(crate) fn ready(&self) -> Duration {
        self.ready
    }

    /// Ends it as a crash would.
    pub(crate) async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// Processor time so far.
    pub(crate) fn cpu(&self) -> Duration {
        let stat = self.file("stat");
        let after_name = stat.rsplit_once(") ").unwrap().1;
        let fields: Vec<f64> = after_name.split(' ').skip(11).take(2).map(|ticks| ticks.parse().unwrap()).collect();
        Duration::from_secs_f64(fields.iter().sum::<f64>() / TICKS)
    }

    /// Resident memory now.
    pub(crate) fn memory_mib(&self) -> f64 {
        self.status("VmRSS:")
    }

    /// Resident memory at its highest.
    pub(crate) fn peak_mib(&self) -> f64 {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> f64 {
        let status = self.file("status");
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        let kib: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        kib / 1024.0
    }

    fn file(&self, name: &str) -> String {
        let pid = self.child.id().unwrap();
        std::fs::read_to_string(format!("/proc/{pid}/{name}")).unwrap()
    }
}
