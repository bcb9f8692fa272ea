//! Whether a long run costs more the longer it lasts: `cargo run --release -p waybill-delivery --example endurance -- [--minutes N] WAYBILL`.
//!
//! Starts `WAYBILL sandbox serve` in a process of its own and `WAYBILL verify` at five events per second for half an hour (or N minutes) in
//! another. Looks at the prover's memory and descriptors each half minute, and at the latency of each minute when it is over; says whether
//! memory is flat, no descriptor was left open, and latency does not drift. Ends with 1 where one of them is not so. Linux.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers: it prints, and panics when something is off")]

mod judge;
#[path = "../burst/process.rs"]
mod process;
mod sample;

use std::path::Path;
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use process::Server;
use sample::Sample;
use serde_json::Value;
use tokio::process::{Child, Command};

/// Events per second.
const RATE: u64 = 5;

/// How often the prover is looked at.
const LOOK: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> ExitCode {
    let (minutes, program) = options(std::env::args().skip(1));
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&program, folder.path()).await;
    println!("sandbox {} in {}", server.about()["endpoint"], folder.path().display());
    // The first proof makes the chain.
    let made = verify(&program, folder.path(), &["--count", "50"]).wait().await.unwrap();
    assert!(made.success(), "the chain cannot be proven");
    let (count, rate) = ((minutes * 60 * RATE).to_string(), format!("{RATE}/s"));
    let samples = watch(verify(&program, folder.path(), &["--count", &count, "--rate", &rate])).await;
    let run = newest(&program, folder.path()).await;
    println!("proven {}, delivered {} of {count}; the sandbox took {:.1} MiB at most", run["proven"], run["delivered"], server.peak_mib());
    let minutes = judge::minutes(&run["events"]);
    minutes.iter().for_each(|minute| println!("{minute}"));
    let verdict = judge::Verdict::of(&samples, &minutes);
    println!("{verdict}");
    if verdict.is_good() && run["proven"] == true { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn options(arguments: impl Iterator<Item = String>) -> (u64, String) {
    let arguments: Vec<String> = arguments.collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [program] => (30, program.to_owned()),
        ["--minutes", minutes, program] => (minutes.parse().expect("a number of minutes"), program.to_owned()),
        _ => panic!("endurance [--minutes N] WAYBILL"),
    }
}

fn verify(program: &str, folder: &Path, what: &[&str]) -> Child {
    let mut command = Command::new(program);
    command.arg("verify").args(what).args(["--format", "json", "--data-dir"]).arg(folder);
    command.stdout(Stdio::null()).kill_on_drop(true).spawn().unwrap()
}

async fn watch(mut prover: Child) -> Vec<Sample> {
    let pid = prover.id().unwrap();
    let mut samples = Vec::new();
    let mut looks = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            ended = prover.wait() => {
                println!("ended with {}", ended.unwrap());
                return samples;
            }
            _ = looks.tick() => {
                if let Some(sample) = Sample::of(pid) {
                    println!("{sample}");
                    samples.push(sample);
                }
            }
        }
    }
}

async fn newest(program: &str, folder: &Path) -> Value {
    let listed = json(program, folder, &["list"]).await;
    json(program, folder, &["show", listed["runs"][0]["run_id"].as_str().unwrap()]).await
}

async fn json(program: &str, folder: &Path, what: &[&str]) -> Value {
    let mut command = Command::new(program);
    command.arg("runs").args(what).args(["--format", "json", "--data-dir"]).arg(folder);
    serde_json::from_slice(&command.output().await.unwrap().stdout).unwrap()
}
