//! What a window takes: its own process and the one in which its page runs.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::window::Window;
use crate::window::pages::deliveries::Deliveries;
use crate::window::pages::frame::Frame;

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

/// Megabytes by which two looks differ once the memory stands still.
const LITTLE: f64 = 2.0;
const MOST_LOOKS: usize = 8;

/// Megabytes, each page that several processes share counted in parts.
pub(crate) struct Memory {
    pub(crate) page: f64,
    pub(crate) own: f64,
}

/// Where the deliveries are, made by `make figures`.
pub(crate) fn million() -> Option<PathBuf> {
    std::env::var_os("WAYBILL_MILLION").map(PathBuf::from)
}

/// Of a window that shows no deliveries.
pub(crate) async fn of_none(data_dir: &Path, home: &Path) -> Result<Memory> {
    let window = shown(data_dir, home).await?;
    let memory = settled(&window).await;
    window.close().await?;
    memory
}

/// Of a window that shows the deliveries of a data folder: once they are shown, once they were jumped through, and once a few thousand
/// rows were scrolled through from each moment.
pub(crate) async fn of_many(data_dir: &Path, home: &Path) -> Result<[(&'static str, Memory); 3]> {
    let window = shown(data_dir, home).await?;
    let deliveries = Deliveries::of(&window);
    let opened = settled(&window).await?;
    for moment in MOMENTS {
        deliveries.jump_to(moment).await?;
    }
    let jumped = settled(&window).await?;
    for moment in MOMENTS {
        deliveries.jump_to(moment).await?;
        deliveries.scroll_through().await?;
    }
    let scrolled = settled(&window).await?;
    window.close().await?;
    Ok([("opened", opened), ("jumped eight times", jumped), ("scrolled through from eight moments", scrolled)])
}

async fn shown(data_dir: &Path, home: &Path) -> Result<Window> {
    let window = Window::open(data_dir, home).await?;
    let frame = Frame::of(&window);
    frame.go("Deliveries").await?;
    frame.is_read().await?;
    Ok(window)
}

/// Looks for as long as what was thrown away is still being collected: until two looks, some seconds apart, differ by little.
async fn settled(window: &Window) -> Result<Memory> {
    let mut now = look(window)?;
    for _ in 0..MOST_LOOKS {
        window.run_to_end("setTimeout(arguments[0], 8000)").await?;
        let before = std::mem::replace(&mut now, look(window)?);
        if (now.page + now.own - before.page - before.own).abs() < LITTLE {
            break;
        }
    }
    Ok(now)
}

fn look(window: &Window) -> Result<Memory> {
    Ok(Memory { page: megabytes(window.page_process()?)?, own: megabytes(window.own_process()?)? })
}

fn megabytes(process: u32) -> Result<f64> {
    let told = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let line = told.lines().find_map(|line| line.strip_prefix("Pss:")).context("its share of memory")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1024.0)
}
