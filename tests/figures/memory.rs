//! What a window takes: its own process and the one in which its page runs.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::window::pages::deliveries::Deliveries;
use crate::window::pages::frame::Frame;
use crate::window::{Window, until};

/// A data folder with a million deliveries, each run an hour after the one before, the first one at this time (UTC).
const MOMENTS: [&str; 8] = [
    "2021-08-06 16:20",
    "2021-08-06 08:20",
    "2021-08-06 12:20",
    "2021-08-06 09:21",
    "2021-08-06 14:18",
    "2021-08-06 11:19",
    "2021-08-06 15:22",
    "2021-08-06 10:20",
];

/// Megabytes, each page that several processes share counted in parts.
pub(crate) struct Memory {
    pub(crate) page: f64,
    pub(crate) own: f64,
}

/// Where the deliveries are, made by `make figures`.
pub(crate) fn million() -> Option<PathBuf> {
    std::env::var_os("WAYBILL_MILLION").map(PathBuf::from)
}

/// Of a window that shows the deliveries of a data folder, once it was looked through from many moments.
pub(crate) async fn of(data_dir: &Path, home: &Path, many: bool) -> Result<Memory> {
    let window = Window::open(data_dir, home).await?;
    let (frame, deliveries) = (Frame::of(&window), Deliveries::of(&window));
    frame.go("Deliveries").await?;
    frame.is_read().await?;
    for moment in MOMENTS.iter().filter(|_| many) {
        deliveries.jump_to(moment).await?;
        deliveries.scroll_through().await?;
    }
    let memory = settled(&window).await;
    window.close().await?;
    memory
}

/// Once it no longer changes by more than a megabyte from one look to the next.
async fn settled(window: &Window) -> Result<Memory> {
    let mut before = f64::MAX;
    until("the memory stands still", async || {
        window.run_to_end("setTimeout(arguments[0], 1000)").await?;
        let now = Memory { page: megabytes(window.page_process()?)?, own: megabytes(window.own_process()?)? };
        let moved = (now.page + now.own - std::mem::replace(&mut before, now.page + now.own)).abs();
        Ok((moved < 1.0).then_some(now))
    })
    .await
}

fn megabytes(process: u32) -> Result<f64> {
    let told = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let line = told.lines().find_map(|line| line.strip_prefix("Pss:")).context("its share of memory")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1024.0)
}
