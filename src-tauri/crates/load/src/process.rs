//! CPU time and memory of another process, from `/proc` (Linux).

use std::time::Duration;

/// Clock ticks of `/proc/PID/stat` in a second, on every Linux that matters.
const TICKS: f64 = 100.0;

/// A process cannot be measured.
#[derive(Debug, thiserror::Error)]
#[error("process {pid} cannot be measured: {file} cannot be read")]
pub struct ProcessError {
    /// Which one.
    pub pid: u32,
    /// The file of `/proc`.
    pub file: &'static str,
    /// What the system said; none where the file says something unexpected.
    #[source]
    pub source: Option<std::io::Error>,
}

/// A process of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process(pub u32);

impl Process {
    /// Processor time so far, of all its threads, to a hundredth of a second.
    ///
    /// # Errors
    /// When `/proc` does not tell.
    pub fn cpu(self) -> Result<Duration, ProcessError> {
        let stat = self.file("stat")?;
        // The name in the second field may hold blanks and brackets.
        let fields = stat.rsplit_once(") ").map(|(_, fields)| fields.split(' ').skip(11).take(2));
        let ticks: Option<f64> = fields.and_then(|fields| fields.map(|ticks| ticks.parse::<f64>().ok()).sum());
        ticks.map(|ticks| Duration::from_secs_f64(ticks / TICKS)).ok_or(ProcessError { pid: self.0, file: "stat", source: None })
    }

    /// Resident memory now, in MiB.
    ///
    /// # Errors
    /// When `/proc` does not tell.
    pub fn memory_mib(self) -> Result<f64, ProcessError> {
        self.status("VmRSS:")
    }

    /// Resident memory at its highest, in MiB.
    ///
    /// # Errors
    /// When `/proc` does not tell.
    pub fn peak_mib(self) -> Result<f64, ProcessError> {
        self.status("VmHWM:")
    }

    fn status(self, name: &str) -> Result<f64, ProcessError> {
        let status = self.file("status")?;
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kib: Option<f64> = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        kib.map(|kib| kib / 1024.0).ok_or(ProcessError { pid: self.0, file: "status", source: None })
    }

    fn file(self, file: &'static str) -> Result<String, ProcessError> {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.0)).map_err(|source| ProcessError {
            pid: self.0,
            file,
            source: Some(source),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_process_tells_its_time_and_memory() {
        let own = Process(std::process::id());
        let before = own.cpu().unwrap();
        let mut sum = 0_u64;
        while own.cpu().unwrap() < before + Duration::from_millis(20) {
            sum = (0..100_000_u64).fold(sum, |sum, n| sum.wrapping_add(n * n));
        }
        assert!(own.memory_mib().unwrap() > 0.1 && own.peak_mib().unwrap() >= own.memory_mib().unwrap(), "{sum}");
    }

    #[test]
    fn a_process_that_is_not_there_is_named() {
        let nobody = Process(u32::MAX).cpu().unwrap_err();
        assert_eq!(nobody.to_string(), "process 4294967295 cannot be measured: stat cannot be read");
    }
}
