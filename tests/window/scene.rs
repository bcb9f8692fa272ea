//! A spec's own data folder and window.

use std::any::type_name_of_val;
use std::fs::File;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::Poll;

use anyhow::{Context, Result};
use tempfile::TempDir;

use super::cli::Cli;
use super::{Window, evidence, until};

/// One window on one data folder.
pub(crate) struct Scene {
    window: Option<Window>,
    folder: TempDir,
}

/// Runs a spec in a window of its own. When it fails, the page is kept; in any case everything it started ends.
pub(crate) async fn spec(body: impl AsyncFnOnce(&mut Scene) -> Result<()>) -> Result<()> {
    let name = name_of(type_name_of_val(&body));
    let mut scene = Scene::open().await?;
    let outcome = caught(body(&mut scene)).await;
    if !matches!(outcome, Ok(Ok(())))
        && let Some(window) = &scene.window
    {
        evidence::keep(window, &name).await;
    }
    let closed = scene.close().await;
    outcome.unwrap_or_else(|panic| resume_unwind(panic))?;
    closed
}

impl Scene {
    /// A window on a new data folder.
    async fn open() -> Result<Self> {
        let mut scene = Self { folder: tempfile::tempdir()?, window: None };
        scene.window = Some(scene.opened().await?);
        Ok(scene)
    }

    pub(crate) fn window(&self) -> &Window {
        self.window.as_ref().expect("a window is open but for the moment of a restart")
    }

    /// The command line on the same data folder.
    pub(crate) fn cli(&self) -> Cli {
        Cli::on(&self.data_dir())
    }

    pub(crate) fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Ends the program and starts it again.
    pub(crate) async fn restart(&mut self) -> Result<()> {
        if let Some(window) = self.window.take() {
            window.close().await?;
        }
        self.window = Some(self.opened().await?);
        Ok(())
    }

    /// Closes the window and waits for the sandbox in the background to end, as it must once nobody uses it.
    async fn close(mut self) -> Result<()> {
        if let Some(window) = self.window.take() {
            window.close().await.context("closing the window")?;
        }
        sandbox_ended(&self.data_dir()).await
    }

    async fn opened(&self) -> Result<Window> {
        Window::open(&self.data_dir(), &self.folder.path().join("home")).await
    }
}

async fn sandbox_ended(data_dir: &Path) -> Result<()> {
    let lock = data_dir.join("sandbox.lock");
    until("the sandbox has ended", async || match File::open(&lock) {
        Ok(file) => Ok(file.try_lock().ok()),
        Err(_) => Ok(Some(())),
    })
    .await
}

/// `e2e::first_run::one_click::{{closure}}` → `first_run-one_click`.
fn name_of(type_name: &str) -> String {
    let parts: Vec<&str> = type_name.split("::").skip(1).filter(|part| !part.starts_with('{')).collect();
    parts.join("-")
}

/// Like awaiting, but a panic comes back as an error.
async fn caught<T>(future: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
        Ok(Poll::Pending) => Poll::Pending,
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}
