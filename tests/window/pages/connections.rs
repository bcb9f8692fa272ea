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

    /// Chooses what becomes of requests that write through a connection, by the word of the list.
    pub(crate) async fn choose_mode(&self, connection: &str, mode: &str) -> Result<()> {
        self.0.click(&By::any_button().inside(&By::test_id(&format!("mode-{connection}")))).await?;
        self.0.click(&By::option(mode)).await
    }
}
