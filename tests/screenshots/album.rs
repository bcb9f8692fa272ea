//! Where the pictures go.

use std::fs;

use anyhow::Result;

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
