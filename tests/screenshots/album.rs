//! Where the pictures go.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::window::pages::frame::Frame;
use crate::window::{Window, evidence, until};

/// Takes pictures of one window.
pub(crate) struct Album<'a>(&'a Window);

impl<'a> Album<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// The page as it is now, in light and in dark; it is light afterwards.
    pub(crate) async fn both(&self, view: &str) -> Result<()> {
        let frame = Frame::of(self.0);
        frame.choose_theme("Dark").await?;
        self.take(&format!("{view}-dark")).await?;
        frame.choose_theme("Light").await?;
        self.take(&format!("{view}-light")).await
    }

    /// The page as it is now, into `docs/screenshots`, small enough to be kept.
    pub(crate) async fn keep(&self, name: &str) -> Result<()> {
        self.take(name).await?;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screenshots");
        fs::create_dir_all(&folder)?;
        let (from, to) = (evidence::folder("screenshots")?.join(format!("{name}.png")), folder.join(format!("{name}.webp")));
        let made = Command::new("convert").arg(from).args(["-quality", "35", "-define", "webp:method=6"]).arg(to).status();
        ensure!(made.context("convert is of the package imagemagick")?.success(), "{name} could not be made smaller");
        Ok(())
    }

    /// The page as it is now, once nothing moves on it.
    pub(crate) async fn take(&self, name: &str) -> Result<()> {
        self.0.let_go().await?;
        let mut before = Vec::new();
        let still = until("the page stands still", async || {
            let now = self.0.picture().await?;
            let same = now == before;
            before.clone_from(&now);
            Ok(same.then_some(now))
        });
        let picture = still.await?;
        fs::write(evidence::folder("screenshots")?.join(format!("{name}.png")), picture)?;
        Ok(())
    }
}
