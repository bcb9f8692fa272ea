//! The composer, and runs of many events.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::window::{By, Window, until};

/// Composer and run.
pub(crate) struct Publish<'a>(&'a Window);

impl<'a> Publish<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Chooses an event type and waits for its sample.
    pub(crate) async fn choose(&self, event_type: &str) -> Result<()> {
        self.0.click(&By::choice(event_type)).await?;
        self.says("Valid detail object").await
    }

    /// Chooses the alert action that publishes.
    pub(crate) async fn use_action(&self, name: &str) -> Result<()> {
        self.0.click(&By::list_button("Alert action")).await?;
        self.0.click(&By::option(name)).await
    }

    /// Replaces the detail by a text, as pasting does.
    pub(crate) async fn paste_detail(&self, text: &str) -> Result<()> {
        self.0.choose_all(&editor()).await?;
        self.0.ask(PASTE, json!(text)).await.map(drop)
    }

    /// Waits until the check of the detail says something.
    pub(crate) async fn says(&self, part: &str) -> Result<()> {
        until(&format!("the check says {part}"), async || {
            let said = self.0.text(&By::test_id("detail-check")).await?;
            ensure!(said.contains(part), "it says {said}");
            Ok(Some(()))
        })
        .await
    }

    /// Waits until the detail is refused with another sentence than `before` and cannot be published, and says with which.
    pub(crate) async fn refusal_after(&self, before: &str) -> Result<String> {
        until("the detail is refused", async || {
            let said = self.0.text(&By::class("t-bad").inside(&By::test_id("detail-check"))).await?;
            ensure!(said != before, "it says the same");
            ensure!(!self.0.enabled(&By::test_id("publish-event")).await?, "it can be published");
            Ok(Some(said))
        })
        .await
    }

    /// Publishes the event and waits until it is `1 Delivered`.
    pub(crate) async fn publish(&self) -> Result<()> {
        self.0.click(&By::test_id("publish-event")).await?;
        self.0.find(&By::text("1 Delivered").inside(&By::test_id("published"))).await.map(drop)
    }

    /// Starts a run; its fields were filled in before.
    pub(crate) async fn start_run(&self) -> Result<()> {
        self.0.click(&By::test_id("start-run")).await
    }

    /// Waits until the run has published something.
    pub(crate) async fn run_goes_on(&self) -> Result<()> {
        until("the run publishes", async || {
            let said = self.0.text(&By::test_id("run-progress")).await?;
            ensure!(said.contains(" published") && !said.contains(" 0 published"), "it says {said}");
            Ok(Some(()))
        })
        .await
    }

    /// Publishes nothing more.
    pub(crate) async fn stop_run(&self) -> Result<()> {
        self.0.click(&By::test_id("stop-run")).await
    }

    /// Waits until the run has ended without being proven.
    pub(crate) async fn run_is_not_proven(&self) -> Result<()> {
        self.0.find(&By::text("Run not proven").or(&By::text("Run interrupted"))).await.map(drop)
    }

    /// Waits until the run is proven.
    pub(crate) async fn run_is_proven(&self) -> Result<()> {
        self.0.find(&By::text("Run proven").inside(&By::test_id("run-progress"))).await.map(drop)
    }
}

fn editor() -> By {
    By::role("textbox", "Detail")
}

const PASTE: &str = "
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', arguments[0]);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
";
