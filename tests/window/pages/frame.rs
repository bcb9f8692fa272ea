//! What is around every page.

use anyhow::Result;

use crate::window::{By, Window, until};

/// The views in the order of the navigation.
pub(crate) const VIEWS: [&str; 10] = [
    "Overview",
    "Alert sources",
    "Alert actions",
    "Set up",
    "Publish",
    "Deliveries",
    "Doctor",
    "Activity",
    "Connections & sandbox",
    "Settings",
];

const ESCAPE: &str = "\u{E00C}";
const ENTER: &str = "\u{E007}";

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
        self.is_at(view).await
    }

    /// Goes to a view in whatever state it is, with the navigation as it is without anybody's doing.
    pub(crate) async fn show(&self, view: &str) -> Result<()> {
        self.show_navigation().await?;
        self.0.click(&By::link(view).inside(&By::test_id("navigation"))).await?;
        let shown = "return document.querySelector('[data-testid=navigation] a[aria-current]')?.textContent ?? ''";
        until(&format!("the page {view}"), async || {
            Ok(self.0.run(shown).await?.as_str().is_some_and(|text| text.starts_with(view)).then_some(()))
        })
        .await?;
        if self.0.run("return window.innerWidth < 1100").await? == true {
            self.0.gone(&By::button("Close the navigation")).await?;
        }
        Ok(())
    }

    /// Waits for the heading of a view.
    pub(crate) async fn is_at(&self, view: &str) -> Result<()> {
        until(&format!("the view {view}"), async || Ok(self.0.text(&By::heading()).await?.starts_with(view).then_some(()))).await
    }

    /// Waits until nothing is being read any more.
    pub(crate) async fn is_read(&self) -> Result<()> {
        self.0.gone(&By::busy()).await
    }

    /// Waits until no colour and no place is on its way to another.
    pub(crate) async fn is_still(&self) -> Result<()> {
        let moving = "return document.getAnimations().filter((one) => one instanceof CSSTransition).length";
        until("the page is still", async || Ok((self.0.run(moving).await? == 0).then_some(()))).await
    }

    /// Waits until the page says what could not be read, with its details to copy.
    pub(crate) async fn says_why(&self) -> Result<()> {
        self.0.find(&By::label("Copy details")).await.map(drop)
    }

    /// Opens the palette with its keys, and types at once.
    pub(crate) async fn open_palette(&self, search: &str) -> Result<()> {
        self.0.let_go().await?;
        self.0.control_then('k', search).await?;
        self.0.find(&By::label("Find a command")).await.map(drop)
    }

    /// What stands in the palette's search.
    pub(crate) async fn searched(&self) -> Result<String> {
        self.0.value(&By::label("Find a command")).await
    }

    /// Closes whatever dialog is open.
    pub(crate) async fn close_dialog(&self) -> Result<()> {
        let open = By::class("dialog");
        until("the dialog is closed", async || {
            if self.0.shows(&open).await? {
                self.0.keys(ESCAPE).await?;
            }
            Ok((!self.0.shows(&open).await?).then_some(()))
        })
        .await
    }

    /// Does a command by its name in the palette, with keys alone and without a look at the page between them.
    pub(crate) async fn command(&self, title: &str) -> Result<()> {
        self.0.find(&By::heading()).await?;
        self.0.let_go().await?;
        self.0.control_then('k', &format!("{title}{ENTER}")).await
    }

    /// The same with the focus where it is: what a person without a pointer does.
    pub(crate) async fn type_command(&self, title: &str) -> Result<()> {
        self.0.control_then('k', &format!("{title}{ENTER}")).await
    }

    /// What the cheat sheet says.
    pub(crate) async fn cheat_sheet(&self) -> Result<String> {
        self.0.text(&By::label("Keyboard shortcuts")).await
    }

    /// Moves the focus with Tab until it is on something with this text.
    pub(crate) async fn tab_to(&self, text: &str) -> Result<()> {
        self.0.tab_until(&format!("the focus on {text}"), "(at.textContent ?? '').trim()", text).await
    }

    /// Presses Enter where the focus is.
    pub(crate) async fn press_enter(&self) -> Result<()> {
        self.0.keys(ENTER).await
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

    /// Waits until the strip says this.
    pub(crate) async fn says(&self, text: &str) -> Result<()> {
        self.0.find(&By::text(text).inside(&By::test_id("strip"))).await.map(drop)
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
