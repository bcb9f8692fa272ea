//! The doctor: the checks of a chain, their repair, and which rules an event would match.

use anyhow::{Result, ensure};

use crate::window::{By, Window, until};

/// Diagnosis and repair of one alert action.
pub(crate) struct Doctor<'a>(&'a Window);

impl<'a> Doctor<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Waits until a check came to an outcome, such as `queue-policy` to `cause`.
    pub(crate) async fn finds(&self, check: &str, outcome: &str) -> Result<()> {
        until(&format!("{check} is {outcome}"), async || {
            let seen = self.0.attributes(&row(check), "data-outcome").await?;
            ensure!(seen == [outcome], "it is {seen:?}");
            Ok(Some(()))
        })
        .await
    }

    /// Waits until the panel shows the check with this question.
    pub(crate) async fn shows(&self, question: &str) -> Result<()> {
        self.0.find(&By::text(question).inside(&panel())).await.map(drop)
    }

    /// Everything that the panel says.
    pub(crate) async fn says(&self) -> Result<String> {
        self.0.text(&panel()).await
    }

    /// Looks at a check.
    pub(crate) async fn look_at(&self, check: &str) -> Result<()> {
        self.0.click(&row(check)).await
    }

    /// Waits until nothing is wrong.
    pub(crate) async fn is_sound(&self) -> Result<()> {
        self.0.find(&By::test_id("sound")).await.map(drop)
    }

    /// Diagnoses again.
    pub(crate) async fn check_again(&self) -> Result<()> {
        self.0.click(&By::test_id("check-again")).await
    }

    /// Makes the repair that is shown, and waits for what it comes to.
    pub(crate) async fn repair(&self, headline: &str) -> Result<()> {
        self.0.click(&By::test_id("apply-repair")).await?;
        self.0.find(&By::text(headline).inside(&By::test_id("repair-headline"))).await.map(drop)
    }

    /// The verdicts on the board of the repair's proof.
    pub(crate) async fn verdicts(&self) -> Result<Vec<String>> {
        self.0.attributes(&By::test_ids("board-cell-").inside(&By::test_id("repair-outcome")), "data-verdict").await
    }

    /// Takes the repair back.
    pub(crate) async fn undo(&self) -> Result<()> {
        self.0.click(&By::test_id("undo-repair")).await?;
        self.0.find(&By::test_id("repair-undone")).await.map(drop)
    }

    /// What is said about the event that led here.
    pub(crate) async fn asked_about(&self) -> Result<String> {
        self.0.text(&By::test_id("asked-about")).await
    }

    /// Opens the tab with the rules, and waits for an answer.
    pub(crate) async fn open_rules(&self, sum: &str) -> Result<()> {
        self.0.click(&By::tab("Which rules would this event match?")).await?;
        self.rules_say(sum).await
    }

    /// Waits for how many rules take the event.
    pub(crate) async fn rules_say(&self, sum: &str) -> Result<()> {
        self.0.find(&By::text(sum).inside(&By::test_id("rules-sum"))).await.map(drop)
    }

    /// Asks AWS about the event, too, and waits for its answers.
    pub(crate) async fn ask_aws(&self) -> Result<Vec<String>> {
        self.0.click(&By::test_id("ask-aws")).await?;
        until("AWS's answer beside Waybill's", async || {
            let rules = self.0.texts(&By::test_ids("rule-").inside(&By::test_id("rules"))).await?;
            let are_both_told = !rules.is_empty() && rules.iter().all(|rule| rule.ends_with("Does not match") || rule.ends_with("Matches"));
            Ok(are_both_told.then_some(rules))
        })
        .await
    }
}

fn row(check: &str) -> By {
    By::test_id(&format!("check-{check}"))
}

fn panel() -> By {
    By::test_id("check-panel")
}
