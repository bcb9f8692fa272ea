//! The live stream and the panel of one delivery.

use anyhow::{Result, ensure};

use crate::window::{By, Window, until};

/// What was published and what was read back.
pub(crate) struct Deliveries<'a>(&'a Window);

impl<'a> Deliveries<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Waits until a verdict's filter counts `count`, such as `9 Delivered`.
    pub(crate) async fn counts(&self, verdict: &str, count: usize) -> Result<()> {
        until(&format!("{count} {verdict}"), async || {
            let said = self.0.text(&By::test_id(&format!("filter-{verdict}"))).await?;
            let number: String = said.split(' ').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
            ensure!(number == count.to_string(), "it says {said}");
            Ok(Some(()))
        })
        .await
    }

    /// What the rows in sight say, newest first; waits until there are any.
    pub(crate) async fn rows(&self) -> Result<Vec<String>> {
        self.0.find(&rows()).await?;
        self.0.texts(&rows()).await
    }

    /// Waits for a row with this event type, and opens its panel.
    pub(crate) async fn open(&self, event_type: &str) -> Result<()> {
        self.0.click(&By::text(event_type).inside(&rows())).await?;
        self.0.find(&By::button("Close the delivery")).await.map(drop)
    }

    /// Narrows the list to what has this text.
    pub(crate) async fn find_text(&self, text: &str) -> Result<()> {
        self.0.click(&By::label("Filter deliveries")).await?;
        self.0.keys(text).await?;
        self.0.keys(ENTER).await
    }

    /// Waits until exactly so many rows are listed.
    pub(crate) async fn lists(&self, count: usize) -> Result<()> {
        until(&format!("{count} rows"), async || {
            let seen = self.0.texts(&rows()).await?;
            ensure!(seen.len() == count, "there are {}: {seen:?}", seen.len());
            Ok(Some(()))
        })
        .await
    }

    /// Publishes the open delivery once more.
    pub(crate) async fn redeliver(&self) -> Result<()> {
        self.0.click(&By::test_id("redeliver")).await
    }

    /// Waits until the attempts at the open delivery are these, each with a verdict.
    pub(crate) async fn attempts_say(&self, names: &[&str], verdict: &str) -> Result<()> {
        until(&format!("attempts {names:?}"), async || {
            let said = self.0.text(&By::label("Attempts")).await?;
            ensure!(names.iter().all(|name| said.contains(name)), "they say {said}");
            ensure!(said.matches(verdict).count() == names.len(), "they say {said}");
            Ok(Some(()))
        })
        .await
    }

    /// Closes the panel.
    pub(crate) async fn close(&self) -> Result<()> {
        self.0.click(&By::button("Close the delivery")).await
    }

    /// Chooses `Side by side`, `As sent` or `As received`.
    pub(crate) async fn show(&self, side: &str) -> Result<()> {
        self.0.click(&By::button(side)).await
    }

    /// The body of the first copy as it was read, in the side `As received`.
    pub(crate) async fn received(&self) -> Result<String> {
        self.0.find(&By::labels("Message ")).await?;
        Ok(self.0.texts(&By::class("code-text").inside(&By::labels("Message "))).await?.concat())
    }

    /// An id of the panel's list, such as `Event`.
    pub(crate) async fn identifier(&self, name: &str) -> Result<String> {
        self.0.text(&By::value_of(name)).await
    }
}

const ENTER: &str = "\u{E007}";

fn rows() -> By {
    By::any_role("row").inside(&By::test_id("stream-rows")).inside(&By::role("grid", "Deliveries"))
}
