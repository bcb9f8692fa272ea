//! The program `waybill` on a data folder.

use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::{Serving, until};

/// The customer's key, where it is fixed.
pub const ADMIN: (&str, &str) = ("AKIAADMINADMINADMIN0", "admin-secret-of-a-test-that-means-nothing-00");

/// How much of an answer a failed test shows.
const SHOWN: usize = 4000;

/// The program on a data folder of its own, with an environment in which nothing is set for it.
pub struct Waybill {
    _folder: TempDir,
    home: PathBuf,
    dir: PathBuf,
    variables: Vec<(String, String)>,
}

/// What a command answered.
pub struct Answer {
    /// The exit code; none when a signal ended it.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
    pub took: Duration,
}

impl Waybill {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (home, dir) = (folder.path().to_owned(), folder.path().join("data"));
        Self { _folder: folder, home, dir, variables: Vec::new() }
    }

    /// The same, with the customer's key fixed: whoever comes with another key of the sandbox does not change that of the others.
    pub fn with_fixed_key() -> Self {
        let waybill = Self::new().with("WAYBILL_SANDBOX_ACCESS_KEY_ID", ADMIN.0);
        waybill.with("WAYBILL_SANDBOX_SECRET_ACCESS_KEY", ADMIN.1)
    }

    /// One more environment variable for every command.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The data folder; it is there once a command ran.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Waits until nobody is the folder's sandbox: one in the background ends a moment after its last user.
    pub fn rest(&self) {
        let lock = self.dir.join("sandbox.lock");
        until("the sandbox in the background to end", || std::fs::File::open(&lock).unwrap().try_lock().ok());
    }

    /// A file beside the data folder.
    pub fn file(&self, name: &str, content: &str) -> String {
        let path = self.home.join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_waybill"));
        for (name, _) in std::env::vars() {
            if name.starts_with("WAYBILL_") || name.starts_with("AWS_") || name == "RUST_LOG" {
                command.env_remove(name);
            }
        }
        command.env("HOME", &self.home).env_remove("XDG_DATA_HOME").env("AWS_EC2_METADATA_DISABLED", "true");
        command.env("WAYBILL_DATA_DIR", &self.dir).envs(self.variables.iter().cloned());
        command.args(arguments).stdin(Stdio::null());
        command
    }

    /// Starts a command whose end is awaited later.
    pub fn start(&self, arguments: &[&str]) -> Running {
        Running::start(self.command(arguments))
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        self.start(arguments).end()
    }

    /// Runs a command that ends well, and reads its JSON.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let answer = self.run(&[arguments, &["--format", "json"]].concat());
        assert_eq!(answer.code, Some(0), "waybill {arguments:?}: {answer:#?}");
        answer.json()
    }

    /// Serves the sandbox of the folder.
    #[track_caller]
    pub fn serve(&self, arguments: &[&str]) -> Serving {
        Serving::start(self.command(&[&["sandbox", "serve"], arguments].concat()))
    }

    /// Makes an alert action of the sandbox's account on the alert source "Tests", and answers its JSON.
    #[track_caller]
    pub fn action(&self, name: &str, events: &str) -> Value {
        let place = ["--account", super::ACCOUNT, "--region", super::REGION, "--trigger-mode", "automatic"];
        self.json(&[&["actions", "create", "--name", name, "--alert-source", "Tests", "--events", events], &place[..]].concat())
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ended with {:?} after {:?}", self.code, self.took)?;
        [("printed", &self.out), ("complained", &self.err)].into_iter().filter(|(_, text)| !text.is_empty()).try_for_each(|(how, text)| {
            let shown: String = text.chars().take(SHOWN).collect();
            write!(f, "\n{how}: {shown}{}", if shown.len() < text.len() { "…" } else { "" })
        })
    }
}

impl Answer {
    /// What was printed, as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("no JSON ({error}): {self:#?}"))
    }
}

/// A command that goes on; one that is dropped before its end is killed.
pub struct Running {
    child: Child,
    began: Instant,
    out: Option<JoinHandle<String>>,
    err: Option<JoinHandle<String>>,
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        Self { child, began: Instant::now(), out: Some(read(out)), err: Some(read(err)) }
    }

    /// Sends the program a signal by name, for example `TERM`.
    pub fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }

    /// Whether the program handles SIGINT itself by now (proc(5), `SigCgt`); before, the system ends it.
    pub fn handles_interrupts(&self) -> bool {
        const SIGINT: u32 = 2;
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        caught.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).unwrap() >> (SIGINT - 1) & 1 == 1)
    }

    /// Whether it has not ended yet.
    pub fn goes_on(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits for its end and that of its output, which a process that it left behind must not hold open.
    #[track_caller]
    pub fn end(mut self) -> Answer {
        let status = until("the end of the program", || self.child.try_wait().unwrap());
        let took = self.began.elapsed();
        let rest = |stream: Option<JoinHandle<String>>| {
            let stream = stream.unwrap();
            until("the end of the program's output", || stream.is_finished().then_some(()));
            stream.join().unwrap()
        };
        Answer { code: status.code(), out: rest(self.out.take()), err: rest(self.err.take()), took }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Reads a stream to its end beside everything else.
pub fn read(mut stream: impl Read + Send + 'static) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        drop(stream.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Sends a process a signal by name.
pub fn signal(pid: u32, name: &str) {
    let sent = Command::new("sh").args(["-c", &format!("kill -{name} {pid}")]).status().unwrap();
    assert!(sent.success(), "process {pid} is not there");
}
