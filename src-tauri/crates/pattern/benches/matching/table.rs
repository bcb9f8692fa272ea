//! The figures of a run at a glance.
use std::path::Path;
use std::time::SystemTime;

use serde_json::Value;

use crate::rules::Scene;

/// The bench that the others are measured against.
pub const YARDSTICK: &str = "skipping parse";

/// Prints events per second of each bench of this run, and what part of the skipping parse that is.
pub fn print(results: &Path, scenes: &[Scene], since: SystemTime) {
    println!("\nmedian, events/s of processor time on one thread (part of the skipping parse in the same run)\n");
    let columns = ["waybill", "waybill on a tree", "tree walk", "quamina", YARDSTICK];
    println!("{:<34}{}", "", columns.map(|column| format!("{column:>21}")).concat());
    for scene in scenes {
        let speed = |bench| median(results, scene, bench, since);
        let yardstick = speed(YARDSTICK);
        let cells = columns.map(|column| {
            let part = |speed: f64| yardstick.map_or(String::new(), |whole| format!(" ({:.0} %)", speed / whole * 100.0));
            let cell = speed(column).map_or("-".to_owned(), |speed| thousands(speed) + &part(speed));
            format!("{cell:>21}")
        });
        println!("{:<34}{}", scene.name, cells.concat());
    }
    println!();
    for scene in scenes {
        println!(
            "{:<34}an event is {} bytes, and {:.1} of {} rules match it",
            scene.name,
            scene.bytes(),
            scene.matches(),
            scene.rules.len()
        );
    }
}

/// Events per second as criterion wrote them down; none when this run left the bench out.
fn median(results: &Path, scene: &Scene, bench: &str, since: SystemTime) -> Option<f64> {
    let file = results.join(scene.name).join(bench).join("new/estimates.json");
    if std::fs::metadata(&file).ok()?.modified().ok()? < since {
        return None;
    }
    let estimates: Value = serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()?;
    Some(scene.events.len() as f64 * 1e9 / estimates["median"]["point_estimate"].as_f64()?)
}

fn thousands(speed: f64) -> String {
    format!("{:.0} k", speed / 1000.0)
}
