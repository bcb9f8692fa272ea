//! How fast a sandbox is: `cargo run --release --example bench -- [OPTIONS] PROGRAM [ARGUMENTS]`.
//!
//! Starts PROGRAM (`waybill sandbox serve --ephemeral`, or the example `serve`), reads the line that it
//! prints about itself, publishes events through `PutPartnerEvents` and receives and deletes them, all
//! without an SDK. Prints one line of JSON; CPU time and memory are the program's (Linux).
//!
//! `--events N` · `--rate N` (events per second; as fast as it goes without) · `--publishers N` ·
//! `--receivers N` · `--keep` (publish only, then time a restart over what is stored)
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers: it prints, and panics when something is off")]

mod lab;
mod load;
mod process;
#[path = "../../tests/wire/mod.rs"]
mod wire;

use lab::Lab;
use load::Plan;
use process::Server;
use serde_json::json;

#[tokio::main]
async fn main() {
    let (plan, command) = Plan::read(std::env::args().skip(1));
    let mut server = Server::start(&command).await;
    let idle_mib = server.memory_mib();
    let lab = Lab::set_up(server.about()).await;
    let cpu_before = server.cpu();
    let ran = load::run(lab, plan.clone()).await;
    let cpu = server.cpu() - cpu_before;
    let mut report = json!({
        "events": plan.events,
        "received": ran.latencies.len(),
        "publish_s": ran.published.as_secs_f64(),
        "seconds": ran.done.as_secs_f64(),
        "events_per_s": plan.per_second(ran.done).round(),
        "cpu_ms_per_event": cpu.as_secs_f64() * 1e3 / f64::from(plan.events),
        "latency_ms": ran.percentiles(),
        "ready_ms": server.ready().as_secs_f64() * 1e3,
        "idle_mib": idle_mib,
        "memory_mib": server.memory_mib(),
        "peak_mib": server.peak_mib(),
    });
    if plan.keep {
        server.kill().await;
        let again = Server::start(&command).await;
        report["ready_over_stored_ms"] = json!(again.ready().as_secs_f64() * 1e3);
        report["memory_over_stored_mib"] = json!(again.memory_mib());
    }
    println!("{report}");
}
