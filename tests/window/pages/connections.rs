//! Connections and the sandbox.

use anyhow::Result;

use crate::window::{By, Window};

/// Which AWS, and how the sandbox is.
pub(crate) struct Connections<'a>(&'a Window);

impl<'a> Connections<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Waits until the sandbox is said to answer.
    pub(crate) async fn sandbox_answers(&self) -> Result<()> {
        self.0.find(&By::text("Answers").inside(&By::test_id("sandbox"))).await.map(drop)
    }

    /// Everything said about the sandbox.
    pub(crate) async fn sandbox(&self) -> Result<String> {
        self.0.text(&By::test_id("sandbox")).await
    }
}
