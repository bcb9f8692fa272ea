//! The overview.

use anyhow::{Result, ensure};

use crate::window::{By, Window, until};

/// Every chain with its proof; before there is one, the first run.
pub(crate) struct Overview<'a>(&'a Window);

impl<'a> Overview<'a> {
    pub(crate) fn of(window: &'a Window) -> Self {
        Self(window)
    }

    /// Waits for the page of the first run.
    pub(crate) async fn is_first_run(&self) -> Result<()> {
        self.0.find(&By::text("The sandbox is ready")).await.map(drop)
    }

    /// The one click of the first run.
    pub(crate) async fn run_nine_event_proof(&self) -> Result<()> {
        self.is_first_run().await?;
        self.0.click(&By::button("Run the nine-event proof")).await
    }

    /// Waits for a refusal that says this.
    pub(crate) async fn is_refused(&self, text: &str) -> Result<()> {
        self.0.find(&By::saying(text)).await.map(drop)
    }

    /// Waits until the board shows `count` cells of a verdict, such as `delivered`, and as many cells in all.
    pub(crate) async fn shows_on_board(&self, action: &str, verdict: &str, count: usize) -> Result<()> {
        until(&format!("{count} {verdict} on the board of {action}"), async || {
            let verdicts = self.0.attributes(&cells(action), "data-verdict").await?;
            ensure!(verdicts.len() == 9, "a board has nine cells, this one {}", verdicts.len());
            let seen = verdicts.iter().filter(|one| *one == verdict).count();
            ensure!(seen == count, "{verdicts:?}");
            Ok(Some(()))
        })
        .await
    }

    /// What the cells of a board say to assistive technology, in the order of the iLert page.
    pub(crate) async fn board(&self, action: &str) -> Result<Vec<String>> {
        self.0.attributes(&cells(action), "aria-label").await
    }

    /// Reads every link from AWS again.
    pub(crate) async fn read_again(&self) -> Result<()> {
        self.0.click(&By::button("Read the chains again")).await
    }

    /// Waits until a link of a chain has a word, such as `Policy missing`; `kind` as in `partner_source`.
    pub(crate) async fn link_says(&self, action: &str, kind: &str, word: &str) -> Result<()> {
        let link = By::test_id(&format!("link-{kind}")).inside(&chain(action));
        self.0.find(&By::text(word).inside(&link)).await.map(drop)
    }

    /// Asks why a cell of the board is not green.
    pub(crate) async fn ask_why(&self, action: &str, event_type: &str) -> Result<()> {
        self.0.click(&By::test_id(&format!("board-cell-{event_type}")).inside(&chain(action))).await
    }

    /// Asks the doctor about a chain that is not sound.
    pub(crate) async fn ask_doctor(&self, action: &str) -> Result<()> {
        self.0.click(&By::test_id("ask-doctor").inside(&chain(action))).await
    }

    /// Saves the evidence of a chain's last proof, and waits until it is said to be done.
    pub(crate) async fn save_evidence(&self, action: &str) -> Result<()> {
        self.0.click(&By::label(&format!("More of {action}"))).await?;
        self.0.click(&By::menu_choice_beginning("Save evidence of the last proof")).await?;
        self.0.find(&By::text("The evidence of 9 events was saved")).await.map(drop)
    }

    /// Proves a chain, or proves it again.
    pub(crate) async fn prove(&self, action: &str) -> Result<()> {
        self.0.click(&By::test_id("prove").inside(&chain(action))).await
    }

    /// Waits for what the proof panel says in one line.
    pub(crate) async fn says(&self, action: &str, headline: &str) -> Result<()> {
        self.0.find(&By::text(headline).inside(&chain(action))).await.map(drop)
    }
}

fn chain(action: &str) -> By {
    By::test_id(&format!("chain-{action}"))
}

fn cells(action: &str) -> By {
    By::test_ids("board-cell-").inside(&chain(action))
}
