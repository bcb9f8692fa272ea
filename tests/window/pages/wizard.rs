//! The guided set-up.

use anyhow::{Result, ensure};

use crate::window::{By, Window, until};

/// Words of the steps, as on the iLert page.
pub(crate) const STEPS: [&str; 6] =
    ["Alert action", "Partner event source", "Associate with event bus", "Rule", "Target", "Review & prove"];

/// The wizard, from the choice of the alert action to the proof.
pub(crate) struct Wizard<'a>(&'a Window);

impl<'a> Wizard<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Begins with a new alert action, from the page Set up.
    pub(crate) async fn begin(&self) -> Result<()> {
        self.0.click(&By::test_id("setup-new")).await?;
        self.at(STEPS[0]).await
    }

    /// Waits until the page Set up lists an alert action.
    pub(crate) async fn lists(&self, action: &str) -> Result<()> {
        self.0.find(&By::link(action)).await.map(drop)
    }

    /// Waits until everything that a step reads from AWS is there.
    pub(crate) async fn is_read(&self, step: usize) -> Result<()> {
        if step > 0 {
            self.0.find(&By::test_ids("call-")).await?;
        }
        self.0.gone(&By::busy()).await
    }

    /// Goes on with an alert action whose set-up was left, from the page Set up.
    pub(crate) async fn resume(&self, action: &str) -> Result<()> {
        self.0.click(&By::button(&format!("Continue set-up of {action}"))).await
    }

    /// Waits for a step by its title.
    pub(crate) async fn at(&self, step: &str) -> Result<()> {
        until(&format!("the step {step}"), async || {
            let heading = self.0.text(&By::heading()).await?;
            ensure!(heading.starts_with(step), "the step is {heading}");
            Ok(Some(()))
        })
        .await
    }

    /// Clicks Next, once what the step reads is there: the button moves as it comes.
    pub(crate) async fn next(&self) -> Result<()> {
        self.0.gone(&By::busy()).await?;
        self.0.click(&By::test_id("wizard-next")).await
    }

    /// Clicks Next and waits for the step that must follow.
    pub(crate) async fn next_to(&self, step: &str) -> Result<()> {
        self.next().await?;
        self.at(step).await
    }

    /// Clicks Previous and waits for the step that must follow.
    pub(crate) async fn previous_to(&self, step: &str) -> Result<()> {
        self.0.click(&By::test_id("wizard-previous")).await?;
        self.at(step).await
    }

    /// Clicks Save and close, and waits for the page Set up.
    pub(crate) async fn save_and_close(&self) -> Result<()> {
        self.0.click(&By::test_id("wizard-save")).await?;
        self.0.find(&By::test_id("setup-new")).await.map(drop)
    }

    /// Waits until the partner event source has a state, such as `Pending`.
    pub(crate) async fn source_is(&self, state: &str) -> Result<()> {
        until(&format!("the partner event source is {state}"), async || {
            let said = self.0.text(&By::test_id("source-state")).await?;
            ensure!(said.contains(state), "it says {said}");
            Ok(Some(()))
        })
        .await
    }

    /// The AWS calls that are shown, by name.
    pub(crate) async fn calls(&self) -> Result<Vec<String>> {
        self.0.find(&By::test_ids("call-")).await?;
        self.0.texts(&By::class("call-name").inside(&By::test_ids("call-"))).await
    }

    /// Sets the chain up and waits until it stands.
    pub(crate) async fn set_up(&self) -> Result<()> {
        self.0.click(&By::test_id("setup-apply")).await?;
        self.0.find(&By::test_id("prove")).await.map(drop)
    }

    /// Takes the set-up back, after the question, until it can be applied anew.
    pub(crate) async fn undo(&self) -> Result<()> {
        self.0.click(&By::test_id("setup-undo")).await?;
        self.0.click(&By::test_id("submit")).await?;
        self.0.find(&By::test_id("setup-apply")).await.map(drop)
    }

    /// Proves the chain and waits for the line that says how it went.
    pub(crate) async fn prove(&self, headline: &str) -> Result<()> {
        self.0.click(&By::test_id("prove")).await?;
        self.0.find(&By::text(headline).inside(&By::test_id("proof"))).await.map(drop)
    }

    /// The verdicts on the board of the proof, in the order of the iLert page.
    pub(crate) async fn verdicts(&self) -> Result<Vec<String>> {
        self.0.attributes(&By::test_ids("board-cell-").inside(&By::test_id("proof")), "data-verdict").await
    }

    /// Clicks Done.
    pub(crate) async fn done(&self) -> Result<()> {
        self.0.click(&By::test_id("setup-done")).await
    }
}
