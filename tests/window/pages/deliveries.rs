//! The live stream and the panel of one delivery.

use anyhow::{Result, ensure};
use serde_json::json;

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

    /// Waits for as long as events come in, without disturbing the page, until a verdict's filter counts `count`; answers what it counts.
    pub(crate) async fn counted(&self, verdict: &str, count: usize) -> Result<usize> {
        let seen = self.0.ask_to_end(COUNTED, json!([verdict, count])).await?;
        Ok(usize::try_from(seen.as_u64().unwrap_or_default())?)
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

    /// Lets the list begin at a moment of local time, as it is typed there.
    pub(crate) async fn jump_to(&self, moment: &str) -> Result<()> {
        if self.0.shows(&By::button("Back to the newest")).await? {
            self.0.click(&By::button("Back to the newest")).await?;
        }
        self.0.click(&By::button("Jump to…")).await?;
        self.0.type_into(&By::label("Begin at").or(&By::field("Begin at")), moment).await?;
        self.0.click(&By::button("Jump")).await?;
        self.0.find(&By::button("Back to the newest")).await?;
        self.rows().await.map(drop)
    }

    /// Scrolls down through a few thousand rows.
    pub(crate) async fn scroll_through(&self) -> Result<()> {
        self.0.run_to_end(SCROLLED).await.map(drop)
    }

    /// Moves the focus with Tab to the list.
    pub(crate) async fn tab_to_rows(&self) -> Result<()> {
        self.0.tab_until("the focus on the list", "at.getAttribute('aria-label') ?? ''", "Deliveries").await
    }

    /// Chooses the next row of the list, which has the focus, and waits for its panel.
    pub(crate) async fn open_with_arrow(&self) -> Result<()> {
        self.0.keys(ARROW_DOWN).await?;
        self.0.find(&By::button("Close the delivery")).await.map(drop)
    }

    /// The first hop of the open delivery.
    pub(crate) async fn first_hop(&self) -> Result<String> {
        self.0.text(&By::first_bold().inside(&By::label("Hops"))).await
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

/// Looks twice a second; gives up when nothing has changed for twenty seconds.
const COUNTED: &str = "
    const [[verdict, wanted], done] = arguments;
    let before = -1;
    let still = 0;
    const look = () => {
        const said = document.querySelector(`[data-testid=filter-${verdict}]`)?.textContent ?? '';
        const count = Number(said.replace(/\\D/g, ''));
        still = count === before ? still + 1 : 0;
        before = count;
        if (count === wanted || still > 40) done(count);
        else setTimeout(look, 500);
    };
    look();
";

/// Sixty screens, one after the other as fast as they are drawn.
const SCROLLED: &str = "
    const [done] = arguments;
    let screens = 60;
    const next = () => {
        window.scrollBy(0, window.innerHeight);
        if (--screens > 0) requestAnimationFrame(() => requestAnimationFrame(next));
        else { window.scrollTo(0, 0); done(); }
    };
    next();
";

const ARROW_DOWN: &str = "\u{E015}";
const ENTER: &str = "\u{E007}";

fn rows() -> By {
    By::any_role("row").inside(&By::test_id("stream-rows")).inside(&By::role("grid", "Deliveries"))
}
