//! Figures of the real window on this machine, printed and not judged: `make figures`.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs, reason = "figures are for people")]

#[path = "figures/frames.rs"]
mod frames;
#[path = "figures/memory.rs"]
mod memory;
#[path = "figures/start.rs"]
mod start;
#[allow(dead_code, reason = "the figures need only a part of what the specs need")]
mod window;

use anyhow::Result;
use frames::Frames;
use start::{Program, bytes, median};
use window::pages::deliveries::Deliveries;
use window::pages::form::Form;
use window::pages::frame::Frame;
use window::pages::publish::Publish;
use window::spec;

/// Starts of each program, one after the other in turn.
const STARTS: usize = 7;

#[tokio::test]
#[ignore = "opens the real window: make figures"]
async fn start_beside_an_empty_window() -> Result<()> {
    let (mut own, mut first, mut empty, mut scripts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let folder = tempfile::tempdir()?;
        empty.push(Program::empty().start(folder.path()).await?.0);
        first.push(Program::waybill().start(folder.path()).await?.0);
        let (took, loaded) = Program::waybill().start(folder.path()).await?;
        own.push(took);
        scripts = loaded;
    }
    let (own, first, empty) = (median(&mut own), median(&mut first), median(&mut empty));
    eprintln!("start to usable, median of {STARTS}: {own:.0} ms, on a new data folder {first:.0} ms, an empty window {empty:.0} ms");
    eprintln!("ratio {:.2}, on a new data folder {:.2}", own / empty, first / empty);
    eprintln!("JavaScript of the first view: {:.0} kB", bytes(&scripts)? as f64 / 1000.0);
    Ok(())
}

#[tokio::test]
#[ignore = "opens the real window: make figures"]
async fn memory_over_a_million_deliveries() -> Result<()> {
    let Some(full) = memory::million() else {
        eprintln!("memory over a million deliveries: WAYBILL_MILLION names no folder");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let home = folder.path().join("home");
    let none = memory::of_none(&folder.path().join("data"), &home).await?;
    eprintln!("over no deliveries: page {:.0} MB, window {:.0} MB", none.page, none.own);
    for (what, now) in memory::of_many(&full, &home).await? {
        let (page, own) = (now.page - none.page, now.own - none.own);
        eprintln!("over a million, {what}: page {:.0} MB ({page:+.0}), window {:.0} MB ({own:+.0})", now.page, now.own);
    }
    Ok(())
}

/// Events of the stream: a minute at 5,000 a second, unless `WAYBILL_STREAM` says otherwise.
fn stream() -> usize {
    std::env::var("WAYBILL_STREAM").ok().and_then(|text| text.parse().ok()).unwrap_or(300_000)
}

#[tokio::test]
#[ignore = "opens the real window: make figures"]
async fn frames_while_five_thousand_events_a_second_stream_in() -> Result<()> {
    spec(async |scene| {
        scene.cli().done("verify").await?;
        let frame = Frame::of(scene.window());
        frame.go("Publish").await?;
        let form = Form::of(scene.window());
        form.fill("Events", &stream().to_string()).await?;
        form.fill("Rate", "5000").await?;
        let frames = Frames::watch(scene.window()).await?;
        Publish::of(scene.window()).start_run().await?;
        frame.go("Deliveries").await?;
        let began = std::time::Instant::now();
        let counted = Deliveries::of(scene.window()).counted("delivered", 9 + stream()).await?;
        let rate = counted as f64 / began.elapsed().as_secs_f64();
        eprintln!("{} of {} events counted, at {rate:.0}/s; {}", counted - 9, stream(), frames.told().await?);
        Ok(())
    })
    .await
}
