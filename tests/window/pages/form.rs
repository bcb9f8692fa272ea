//! Fields by their labels, on whatever page is open.

use anyhow::{Result, ensure};

use crate::window::{By, Window, until};

/// Tab: leaves a field and closes its suggestions.
const TAB: &str = "\u{E004}";

/// The form on the page.
pub(crate) struct Form<'a>(&'a Window);

impl<'a> Form<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Replaces what stands in a field.
    pub(crate) async fn fill(&self, field: &str, text: &str) -> Result<()> {
        self.0.type_into(&By::field(field), text).await?;
        self.0.keys(TAB).await
    }

    /// What stands in a field.
    pub(crate) async fn holds(&self, field: &str) -> Result<String> {
        self.0.value(&By::field(field)).await
    }

    /// Waits until a field is refused, and says with which sentence.
    pub(crate) async fn refusal_at(&self, field: &str) -> Result<String> {
        until(&format!("a refusal at {field}"), async || {
            let refused = self.0.find(&By::field(field)).await?.attr("aria-invalid").await?;
            ensure!(refused.as_deref() == Some("true"), "it is not marked as wrong");
            self.0.said_at(&By::field(field)).await.map(Some)
        })
        .await
    }
}
