//! What is around every page.

use anyhow::Result;

use crate::window::{By, Window, until};

/// Strip and navigation.
pub(crate) struct Frame<'a>(&'a Window);

impl<'a> Frame<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Goes to a view by its word in the navigation, and waits for its heading.
    pub(crate) async fn go(&self, view: &str) -> Result<()> {
        self.show_navigation().await?;
        self.0.click(&By::link(view).inside(&By::test_id("navigation"))).await?;
        until(&format!("the view {view}"), async || Ok(self.0.text(&By::heading()).await?.starts_with(view).then_some(()))).await
    }

    /// The navigation is closed on narrow windows and where a page needs the width.
    async fn show_navigation(&self) -> Result<()> {
        let toggle = By::button("Open the navigation");
        until("the navigation is open", async || {
            let open = self.0.find(&toggle).await?.attr("aria-expanded").await?;
            if open.as_deref() == Some("true") {
                return Ok(Some(()));
            }
            self.0.click(&toggle).await?;
            Ok(None)
        })
        .await
    }

    /// The word that says which AWS this is.
    pub(crate) async fn environment(&self) -> Result<String> {
        self.0.text(&By::test_id("environment")).await
    }

    /// What the strip says of the poller.
    pub(crate) async fn poller(&self) -> Result<String> {
        self.0.text(&By::test_id("poller")).await
    }

    /// Chooses `Light`, `Dark` or `As the system`.
    pub(crate) async fn choose_theme(&self, theme: &str) -> Result<()> {
        let switch = By::label("Theme: Light").or(&By::label("Theme: Dark")).or(&By::label("Theme: As the system"));
        self.0.click(&switch).await?;
        self.0.click(&By::menu_choice(theme)).await?;
        self.0.find(&By::label(&format!("Theme: {theme}"))).await.map(drop)
    }

    /// The theme as the switch names it.
    pub(crate) async fn theme_is(&self, theme: &str) -> Result<()> {
        self.0.find(&By::label(&format!("Theme: {theme}"))).await.map(drop)
    }

    /// The colour behind the page, such as `rgb(255, 255, 255)`.
    pub(crate) async fn background(&self) -> Result<String> {
        let color = self.0.run("return getComputedStyle(document.body).backgroundColor").await?;
        Ok(color.as_str().unwrap_or_default().to_owned())
    }
}
