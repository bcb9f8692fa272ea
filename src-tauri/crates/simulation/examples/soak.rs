//! `soak --seeds 100000`, or `soak --seed 7` for the story of one.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use waybill_simulation::{Outcome, Soak, shortest, soak, story};

/// Seeds that a thread takes at once.
const CHUNK: u64 = 250;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1)?.parse::<u64>().ok());
    match number("--seed") {
        Some(seed) => tell(seed),
        None => soak_all(number("--seeds").unwrap_or(100_000), number("--least").unwrap_or(0), args.iter().any(|arg| arg == "--brief")),
    }
}

/// The story of one seed, and a shorter one in which the same goes wrong.
fn tell(seed: u64) -> ExitCode {
    let (outcome, whole) = story(seed);
    whole.iter().for_each(|line| println!("{line}"));
    println!("seed {seed}: {}", of(&outcome));
    let Some((shorter, lines)) = shortest(seed) else { return ExitCode::SUCCESS };
    if lines.len() < whole.len() {
        println!("\nthe same goes wrong in {} lines:", lines.len());
        lines.iter().for_each(|line| println!("{line}"));
        println!("shorter: {}", of(&shorter));
    }
    ExitCode::FAILURE
}

/// What goes wrong in a world by itself.
fn of(outcome: &Outcome) -> String {
    outcome.faults().map(|fault| fault.words()).collect::<Vec<_>>().join(", ")
}

fn soak_all(seeds: u64, least: u64, is_brief: bool) -> ExitCode {
    let began = Instant::now();
    let all = in_parallel(seeds);
    if is_brief {
        println!("{} of {} seeds", all.wrong.len(), all.seeds);
        return if all.wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    println!("{all}\n{:.1} s", began.elapsed().as_secs_f64());
    let odd = if least > 0 { all.odd_cells(least) } else { Vec::new() };
    odd.iter().for_each(|cell| println!("odd: {cell}"));
    all.wrong.iter().take(20).for_each(|(seed, wrong)| println!("seed {seed}: {wrong}"));
    if let Some(seed) = all.wrong.keys().next() {
        println!("to see it again: make soak SEED={seed}");
        tell(*seed);
    }
    if all.wrong.is_empty() && odd.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn in_parallel(seeds: u64) -> Soak {
    let next = AtomicU64::new(0);
    let work = || {
        let mut own = Soak::default();
        loop {
            let from = next.fetch_add(CHUNK, Ordering::Relaxed);
            if from >= seeds {
                return own;
            }
            own.merge(soak(from..seeds.min(from + CHUNK)));
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..std::thread::available_parallelism().map_or(1, usize::from)).map(|_| scope.spawn(work)).collect();
        let mut all = Soak::default();
        threads.into_iter().for_each(|thread| all.merge(thread.join().unwrap()));
        all
    })
}
