//! A process at one moment.

use std::fmt;
use std::fs;
use std::time::Duration;

/// What a process has.
pub(crate) struct Sample {
    /// Memory of its own, in MiB; pages of files, which the system may take back, are left out.
    pub(crate) own_mib: f64,
    resident_mib: f64,
    pub(crate) descriptors: usize,
    threads: usize,
    cpu: Duration,
}

impl Sample {
    /// Looks at a process; none when it has ended.
    pub(crate) fn of(pid: u32) -> Option<Self> {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        let mib = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kib| kib / 1024.0)
        };
        let entries = |of: &str| fs::read_dir(format!("/proc/{pid}/{of}")).ok().map(Iterator::count);
        Some(Self {
            own_mib: mib("RssAnon:")?,
            resident_mib: mib("VmRSS:")?,
            descriptors: entries("fd")?,
            threads: entries("task")?,
            cpu: crate::process::cpu(pid)?,
        })
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { own_mib, resident_mib, descriptors, threads, cpu } = self;
        let cpu = cpu.as_secs_f64();
        write!(f, "own {own_mib:.2} MiB, resident {resident_mib:.2} MiB, {descriptors} descriptors, {threads} threads, cpu {cpu:.1} s")
    }
}
