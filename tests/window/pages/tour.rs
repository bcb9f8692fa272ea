//! The three-minute tour at the foot of the window.

use anyhow::{Result, ensure};

use crate::window::{By, Window, until};

/// The tour.
pub(crate) struct Tour<'a>(&'a Window);

impl<'a> Tour<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Takes it where it is offered.
    pub(crate) async fn start(&self) -> Result<()> {
        self.0.click(&By::test_id("tour-start")).await
    }

    /// Waits until it is at a step, counted from 1: the one before was noticed to be done.
    pub(crate) async fn at(&self, step: usize) -> Result<()> {
        until(&format!("step {step} of the tour"), async || {
            let seen = self.0.attributes(&bar(), "data-step").await?;
            ensure!(seen == [step.to_string()], "it is at {seen:?}");
            Ok(Some(()))
        })
        .await
    }

    /// Goes where the step is done.
    pub(crate) async fn take_me_there(&self) -> Result<()> {
        self.0.click(&By::test_id("tour-go")).await
    }

    /// Leaves it, and takes it up again where it was left.
    pub(crate) async fn leave(&self) -> Result<()> {
        self.0.click(&By::test_id("tour-leave")).await?;
        self.0.gone(&bar()).await
    }

    /// What the end says.
    pub(crate) async fn end(&self) -> Result<String> {
        self.0.text(&By::test_id("tour-done")).await
    }

    /// Puts the fault lab back and closes the end.
    pub(crate) async fn finish(&self) -> Result<()> {
        self.0.click(&By::test_id("tour-finish")).await?;
        self.0.gone(&By::test_id("tour-done")).await
    }
}

fn bar() -> By {
    By::test_id("tour")
}
