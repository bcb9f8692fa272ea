use anyhow::{Result, ensure};

use crate::window::pages::frame::{Frame, VIEWS};
use crate::window::pages::overview::Overview;
use crate::window::{accessibility, spec};

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn no_view_breaks_a_rule_of_axe_in_light_or_dark() -> Result<()> {
    spec(async |scene| {
        scene.cli().done("verify").await?;
        let frame = Frame::of(scene.window());
        let mut broken = Vec::new();
        for theme in ["Light", "Dark"] {
            frame.choose_theme(theme).await?;
            for view in VIEWS {
                frame.go(view).await?;
                frame.is_read().await?;
                broken.extend(accessibility::violations(scene.window()).await?.into_iter().map(|one| format!("{view}, {theme}: {one}")));
            }
        }
        ensure!(broken.is_empty(), "{}", broken.join("\n"));
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn the_first_proof_needs_no_pointer() -> Result<()> {
    spec(async |scene| {
        let overview = Overview::of(scene.window());
        overview.is_first_run().await?;
        let frame = Frame::of(scene.window());
        frame.tab_to("Run the nine-event proof").await?;
        frame.press_enter().await?;
        overview.says("Demo action", "Proven 9/9").await?;
        frame.command("Deliveries").await?;
        frame.is_at("Deliveries").await
    })
    .await
}
