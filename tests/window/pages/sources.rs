//! Alert sources and their incidents.

use anyhow::Result;

use crate::window::{By, Window, until};

/// The list of alert sources, and the page of one.
pub(crate) struct Sources<'a>(&'a Window);

impl<'a> Sources<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Waits until the list has a source.
    pub(crate) async fn lists(&self, name: &str) -> Result<()> {
        self.0.find(&By::link(name)).await.map(drop)
    }

    /// Opens the page of a source from the list.
    pub(crate) async fn open(&self, name: &str) -> Result<()> {
        self.0.click(&By::link(name)).await?;
        until("the page of the source", async || Ok((self.0.text(&By::heading()).await? == name).then_some(()))).await
    }

    /// Fills in and sends the form of a new incident; whether it is taken shows afterwards.
    pub(crate) async fn raise_incident(&self, summary: &str, details: &str) -> Result<()> {
        self.0.click(&By::tab("Incidents")).await?;
        self.0.click(&By::test_id("raise-incident")).await?;
        self.0.type_into(&By::field("Summary"), summary).await?;
        self.0.type_into(&By::field("Details"), details).await?;
        self.0.click(&By::button("Raise incident")).await
    }

    /// Takes a step of the chosen incident.
    pub(crate) async fn step(&self, event_type: &str) -> Result<()> {
        self.0.click(&By::test_id(&format!("step-{event_type}"))).await
    }

    /// Waits for the report that a step was published.
    pub(crate) async fn published(&self, event_type: &str) -> Result<()> {
        let report = By::label(&format!("What {event_type} did"));
        self.0.find(&By::text("Published").inside(&report)).await.map(drop)
    }
}
