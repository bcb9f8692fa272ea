//! Alert actions: list, form, copy, delete.

use anyhow::Result;

use crate::window::{By, Window};

/// The list of alert actions, and the form of one.
pub(crate) struct Actions<'a>(&'a Window);

impl<'a> Actions<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Chooses a row of the list.
    pub(crate) async fn choose(&self, name: &str) -> Result<()> {
        self.0.click(&By::label(name).or(&By::choice_of(name))).await
    }

    /// Clicks a button of the list, such as `Duplicate` or `Delete…`.
    pub(crate) async fn press(&self, button: &str) -> Result<()> {
        self.0.click(&By::button(button)).await
    }

    /// Opens the form of a new alert action.
    pub(crate) async fn create(&self) -> Result<()> {
        self.0.click(&By::test_id("create-action")).await
    }

    /// Sends the form, or answers the question.
    pub(crate) async fn submit(&self) -> Result<()> {
        self.0.click(&By::test_id("submit")).await
    }

    /// Waits for a notice, such as `Alert action Payments was deleted`.
    pub(crate) async fn notice(&self, text: &str) -> Result<()> {
        self.0.find(&By::text(text)).await.map(drop)
    }

    /// Waits until the list has a row of this name.
    pub(crate) async fn lists(&self, name: &str) -> Result<()> {
        self.0.find(&By::link(name)).await.map(drop)
    }

    /// Waits until the list has no row of this name.
    pub(crate) async fn lists_no_more(&self, name: &str) -> Result<()> {
        self.0.gone(&By::link(name)).await
    }
}
