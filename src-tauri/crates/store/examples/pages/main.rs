//! How long a page of deliveries takes in a large store: `cargo run --release -p waybill-store --example pages -- [EVENTS [FOLDER]]`.
//!
//! Fills a store in a temporary folder with runs of 100,000 events (a million without EVENTS), each read back once, the last run still
//! open, and asks for pages of 200 from anywhere in it, by every kind of filter. Prints a line for each kind; ends with 1 where the
//! slowest kind's p99 is over 20 ms. With FOLDER, which must be new, it only fills a data folder there, every run closed: what
//! `make figures` opens the window on.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers: it prints, and panics when something is off")]

mod asked;
mod fill;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use fill::Last;
use waybill_domain::Timestamp;
use waybill_store::{DeliveryFilter, RunHolds, Store};

/// Rows of a page in the window.
const PAGE: u32 = 200;

/// Pages of each kind.
const PAGES: usize = 300;

/// What is promised of every kind.
const PROMISED: Duration = Duration::from_millis(20);

fn main() -> ExitCode {
    let events: u32 = std::env::args().nth(1).map_or(1_000_000, |events| events.parse().expect("a number of events"));
    if let Some(folder) = std::env::args().nth(2) {
        std::fs::create_dir(&folder).expect("a new folder");
        fill::fill(&Store::open(folder.as_ref()).unwrap(), events, Last::Closed);
        return ExitCode::SUCCESS;
    }
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let begun = Instant::now();
    let filled = fill::fill(&store, events, Last::Open);
    println!("filled with {} events in {:.1} s", filled.events, begun.elapsed().as_secs_f64());
    let holds = RunHolds::in_folder(folder.path());
    let _held = holds.take(filled.open_run()).unwrap().unwrap();
    let mut dice = fill::Dice(7);
    let mut slowest = Duration::ZERO;
    for kind in asked::KINDS {
        let mut took: Vec<Duration> = (0..PAGES).map(|_| page(&store, (kind.ask)(&filled, &mut dice), &holds)).collect();
        slowest = slowest.max(shown(kind.name, &mut took));
    }
    let mut took: Vec<Duration> =
        (0..20).map(|_| timed(|| drop(store.read_here(|db| db.run_summaries(None, filled.now(), &holds)).unwrap()))).collect();
    slowest = slowest.max(shown("the list of runs, one of them open", &mut took));
    println!("slowest p99 {:.1} ms, promised {} ms", ms(slowest), PROMISED.as_millis());
    if slowest <= PROMISED { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn page(store: &Store, (filter, before): (DeliveryFilter, Option<i64>), holds: &RunHolds) -> Duration {
    let now = Timestamp::from_millis(i64::MAX / 2);
    timed(|| drop(store.read_here(|db| db.deliveries(&filter, (before, PAGE), now, holds)).unwrap()))
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

/// Prints one kind; answers its p99.
fn shown(name: &str, took: &mut [Duration]) -> Duration {
    took.sort_unstable();
    let at = |percent: usize| took[(took.len() * percent).div_ceil(100).max(1) - 1];
    println!("{name:<48} p50 {:>6.2} ms   p99 {:>6.2} ms   max {:>6.2} ms", ms(at(50)), ms(at(99)), ms(at(100)));
    at(99)
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
