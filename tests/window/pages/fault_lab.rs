//! The fault lab, and the strip that says that something is broken on purpose.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::window::{By, Window, until};

/// The switchboard on Connections & sandbox.
pub(crate) struct FaultLab<'a>(&'a Window);

impl<'a> FaultLab<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Chooses the chain to break.
    pub(crate) async fn choose(&self, action: &str) -> Result<()> {
        self.0.click(&By::list_button("Chain to break")).await?;
        self.0.click(&By::option(action)).await
    }

    /// Switches a fault, and waits until it is or is not in force.
    pub(crate) async fn switch(&self, fault: &str, on: bool) -> Result<()> {
        let place = By::test_id(&format!("fault-{fault}"));
        self.0.find(&place).await?;
        let centre = "document.querySelector(`[data-testid='fault-${arguments[0]}']`)?.scrollIntoView({ block: 'center' })";
        self.0.ask(centre, json!(fault)).await?;
        self.0.click(&By::switch().inside(&place)).await?;
        self.is_active(fault, on).await
    }

    /// Waits until a fault is or is not in force.
    pub(crate) async fn is_active(&self, fault: &str, on: bool) -> Result<()> {
        until(&format!("{fault} is active: {on}"), async || {
            let seen = self.0.attributes(&By::test_id(&format!("fault-{fault}")), "data-active").await?;
            ensure!(seen == [on.to_string()], "it says {seen:?}");
            Ok(Some(()))
        })
        .await
    }

    /// Brings it into sight.
    pub(crate) async fn show(&self) -> Result<()> {
        self.0.run("document.getElementById('fault-lab').scrollIntoView({ block: 'start' })").await.map(drop)
    }

    /// Puts everything back.
    pub(crate) async fn reset_all(&self) -> Result<()> {
        self.0.click(&By::test_id("reset-all")).await
    }

    /// Waits for what the strip says, on whatever page it is.
    pub(crate) async fn strip_says(&self, sentence: &str) -> Result<()> {
        self.0.find(&By::text(sentence).inside(&By::test_id("fault-strip"))).await.map(drop)
    }

    /// Whether the page says that something is broken on purpose.
    pub(crate) async fn is_told(&self) -> Result<bool> {
        self.0.shows(&By::test_id("fault-strip")).await
    }

    /// Puts everything back from the strip, which then goes away.
    pub(crate) async fn reset_from_strip(&self) -> Result<()> {
        self.0.click(&By::test_id("reset-faults")).await?;
        self.0.gone(&By::test_id("fault-strip")).await
    }
}
