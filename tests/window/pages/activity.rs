//! The AWS calls that wrote something.

use anyhow::Result;

use crate::window::{By, Window};

/// The list of calls and the panel of one.
pub(crate) struct Activity<'a>(&'a Window);

impl<'a> Activity<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Waits for a call of an operation.
    pub(crate) async fn tells(&self, operation: &str) -> Result<()> {
        self.0.find(&call(operation)).await.map(drop)
    }

    /// Opens the panel of a call.
    pub(crate) async fn open(&self, operation: &str) -> Result<()> {
        self.0.click(&call(operation)).await
    }

    /// The input of the call whose panel is open.
    pub(crate) async fn input(&self) -> Result<String> {
        self.0.text(&By::label("Input")).await
    }

    /// Exports what is listed, `As JSON` or `As CSV`, and waits until it is said to be done.
    pub(crate) async fn export(&self, format: &str) -> Result<()> {
        self.0.click(&By::button("Export")).await?;
        self.0.click(&By::menu_choice(format)).await?;
        self.0.find(&By::button("Copy path")).await.map(drop)
    }
}

fn call(operation: &str) -> By {
    By::text(operation).inside(&By::role("grid", "Calls"))
}
