//! What the proof costs: `cargo run --release -p waybill-delivery --example burst -- [--events N] WAYBILL`.
//!
//! Starts `WAYBILL sandbox serve` in a process of its own and lets the same events through twice: by `WAYBILL verify`, in a process of its
//! own, and by a bare loop that only calls the SDK (publish, receive, delete; no ledger, nothing is proven) with the same number of
//! requests at once. The bare loop runs before and after, its mean counts. Prints one line of JSON; memory is the prover's peak (Linux).
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers: it prints, and panics when something is off")]

mod bare;
mod process;
mod prover;

use process::Server;
use prover::Proof;
use serde_json::{Value, json};

#[tokio::main]
async fn main() {
    let (events, program) = options(std::env::args().skip(1));
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&program, folder.path()).await;
    // The first proof makes the chain.
    prover::prove(&program, folder.path(), 100).await;
    let chain = bare::Chain::find(server.about()).await;
    let before = bare::run(&chain, events).await;
    let small = prover::prove(&program, folder.path(), events / 10).await;
    let large = prover::prove(&program, folder.path(), events).await;
    let after = bare::run(&chain, events).await;
    let bare = f64::midpoint(before.per_second, after.per_second);
    println!(
        "{}",
        json!({
            "events": events,
            "bare": [before.shown(), after.shown()],
            "verify": [shown(&small), shown(&large)],
            "ratio": round(large.per_second() / bare),
            "memory_ratio": round(large.peak_mib / small.peak_mib),
            "server_peak_mib": round(server.peak_mib()),
        })
    );
}

fn options(arguments: impl Iterator<Item = String>) -> (u32, String) {
    let arguments: Vec<String> = arguments.collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [program] => (100_000, program.to_owned()),
        ["--events", events, program] => (events.parse().expect("a number of events"), program.to_owned()),
        _ => panic!("burst [--events N] WAYBILL"),
    }
}

fn shown(proof: &Proof) -> Value {
    let run = &proof.run;
    json!({
        "events": run["total"], "proven": run["proven"], "delivered": run["delivered"], "gaps": run["poller"]["gaps"],
        "events_per_s": round(proof.per_second()), "latency_ms": run["latency_ms"], "duration_ms": run["duration_ms"],
        "command_s": round(proof.command.as_secs_f64()), "cpu_ms_per_event": round(proof.cpu_ms_per_event()),
        "peak_mib": round(proof.peak_mib),
    })
}

fn round(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
