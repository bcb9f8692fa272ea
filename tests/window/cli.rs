//! The command line on the data folder of a window: window and command line share use cases and data.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tokio::process::Command;

/// `waybill --data-dir …`.
pub(crate) struct Cli {
    data_dir: PathBuf,
}

/// What a command answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Its exit code; none when it was ended by a signal.
    pub(crate) code: Option<i32>,
    /// Its JSON; null when it printed none.
    pub(crate) json: Value,
    /// What it said to people.
    pub(crate) said: String,
}

impl Cli {
    pub(crate) fn on(data_dir: &Path) -> Self {
        Self { data_dir: data_dir.to_owned() }
    }

    /// Runs a command, its words separated by one space.
    pub(crate) async fn run(&self, line: &str) -> Result<Answer> {
        self.run_words(&line.split(' ').collect::<Vec<_>>()).await
    }

    /// Runs a command that must end well.
    pub(crate) async fn done(&self, line: &str) -> Result<Value> {
        self.done_words(&line.split(' ').collect::<Vec<_>>()).await
    }

    /// Runs a command that must end well and has words with spaces.
    pub(crate) async fn done_words(&self, words: &[&str]) -> Result<Value> {
        let answer = self.run_words(words).await?;
        ensure!(answer.code == Some(0), "waybill {words:?} ended with {:?}: {}", answer.code, answer.said);
        Ok(answer.json)
    }

    async fn run_words(&self, words: &[&str]) -> Result<Answer> {
        let mut command = Command::new(program());
        command.arg("--data-dir").arg(&self.data_dir).args(["--format", "json"]).args(words).env("AWS_EC2_METADATA_DISABLED", "true");
        let output = command.kill_on_drop(true).output().await.context("waybill cannot be started: `make e2e` builds it")?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok(Answer { code: output.status.code(), json: serde_json::from_slice(&output.stdout).unwrap_or_default(), said })
    }
}

/// The program beside the window's.
fn program() -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_waybill-desktop")).with_file_name("waybill")
}
