//! How long a frame of the page takes, and what its thread did meanwhile: worked, or waited for a processor that others had.

use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use serde_json::Value;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::window::Window;

/// A task longer than this holds up the page.
const LONG_MS: f64 = 100.0;
/// How often the thread is looked at.
const EVERY: Duration = Duration::from_millis(10);
/// Nanoseconds of a millisecond.
const MS: f64 = 1e6;

/// Keeps when each frame began and how long it took, in milliseconds since 1970.
const WATCH: &str = "
    const now = () => performance.timeOrigin + performance.now();
    let last = now();
    window.frames = [];
    const next = () => {
        const at = now();
        window.frames.push([last, at - last]);
        last = at;
        requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
";

/// What was seen of the frames since it was asked for.
pub(crate) struct Frames<'a> {
    window: &'a Window,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<Vec<Moment>>,
}

/// What the scheduler had counted of the page's thread by then, in nanoseconds.
struct Moment {
    at: f64,
    worked: f64,
    waited: f64,
}

impl<'a> Frames<'a> {
    /// Watches from now on.
    pub(crate) async fn watch(window: &'a Window) -> Result<Self> {
        let (stop, stopped) = oneshot::channel();
        let thread = tokio::spawn(look(window.page_process()?, stopped));
        window.run(WATCH).await?;
        Ok(Self { window, stop, thread })
    }

    /// The longest frames, and in how far the page itself held them up.
    pub(crate) async fn told(self) -> Result<String> {
        let frames = self.window.run("return window.frames").await?;
        // It may have ended by itself with the process that it looked at.
        let _ = self.stop.send(());
        let moments = self.thread.await?;
        let mut frames: Vec<Frame> =
            frames.as_array().context("a list of frames")?.iter().filter_map(|one| Frame::read(one, &moments)).collect();
        let began = frames.first().map_or(0.0, |frame| frame.from);
        frames.sort_by(|one, other| other.took.total_cmp(&one.took));
        let at = |share: f64| frames.get((share * frames.len() as f64) as usize).map_or(0.0, |frame| frame.took);
        let long = frames.iter().filter(|frame| frame.took > LONG_MS).count();
        let told = format!(
            "{} frames, median {:.0} ms, p99 {:.0} ms, {long} longer than {LONG_MS} ms\n  longest: {}",
            frames.len(),
            at(0.5),
            at(0.01),
            words(&frames, began),
        );
        frames.sort_by(|one, other| other.worked.total_cmp(&one.worked));
        let busy = frames.iter().filter(|frame| frame.worked > LONG_MS).count();
        Ok(format!("{told}\n  {busy} with more than {LONG_MS} ms of work, most of it: {}", words(&frames, began)))
    }
}

/// The first few.
fn words(frames: &[Frame], began: f64) -> String {
    frames.iter().take(5).map(|frame| frame.words(began)).collect::<Vec<_>>().join(", ")
}

/// One frame, in milliseconds.
struct Frame {
    from: f64,
    took: f64,
    worked: f64,
    waited: f64,
}

impl Frame {
    fn read(value: &Value, moments: &[Moment]) -> Option<Self> {
        let (from, took) = (value.get(0)?.as_f64()?, value.get(1)?.as_f64()?);
        let before = moments.iter().rfind(|moment| moment.at <= from).or(moments.first())?;
        let after = moments.iter().find(|moment| moment.at >= from + took).or(moments.last())?;
        Some(Self { from, took, worked: (after.worked - before.worked) / MS, waited: (after.waited - before.waited) / MS })
    }

    fn words(&self, began: f64) -> String {
        let after = (self.from - began) / 1000.0;
        format!("{:.0} ms at {after:.1} s (worked {:.0}, waited for a processor {:.0})", self.took, self.worked, self.waited)
    }
}

/// Looks at a thread until told to stop.
async fn look(process: u32, mut stopped: oneshot::Receiver<()>) -> Vec<Moment> {
    let mut moments = Vec::new();
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = &mut stopped => return moments,
            _ = ticks.tick() => {}
        }
        // The process may end while it is looked at.
        let Ok(moment) = moment(process) else { return moments };
        moments.push(moment);
    }
}

fn moment(process: u32) -> Result<Moment> {
    let told = fs::read_to_string(format!("/proc/{process}/schedstat"))?;
    let mut figures = told.split_whitespace().map(str::parse::<f64>);
    let mut next = || figures.next().context("time worked and time waited")?.context("nanoseconds");
    let at = 1000.0 * SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64();
    Ok(Moment { at, worked: next()?, waited: next()? })
}
