use anyhow::Result;

use crate::window::pages::frame::{Frame, VIEWS};
use crate::window::pages::overview::Overview;
use crate::window::spec;

/// The action that the first run makes.
const DEMO: &str = "Demo action";

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn one_click_proves_nine_events() -> Result<()> {
    spec(async |scene| {
        let overview = Overview::of(scene.window());
        overview.run_nine_event_proof().await?;
        overview.shows_on_board(DEMO, "delivered", 9).await?;
        overview.says(DEMO, "Proven 9/9").await?;
        for cell in overview.board(DEMO).await? {
            assert!(
                cell.starts_with("incident-") && cell.contains(": Delivered · "),
                "a cell names its event type, verdict and latency: {cell}"
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn the_command_line_reports_what_the_window_proved() -> Result<()> {
    spec(async |scene| {
        let overview = Overview::of(scene.window());
        overview.run_nine_event_proof().await?;
        overview.says(DEMO, "Proven 9/9").await?;
        let runs = scene.cli().done("runs list").await?;
        assert_eq!(runs["runs"][0]["delivered"], 9, "window and command line share one data folder: {runs}");
        assert_eq!(runs["runs"][0]["proven"], true, "{runs}");
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn the_strip_says_sandbox_on_every_page() -> Result<()> {
    spec(async |scene| {
        scene.cli().done("verify").await?;
        let frame = Frame::of(scene.window());
        for view in VIEWS {
            frame.go(view).await?;
            assert_eq!(frame.environment().await?, "SANDBOX", "{view} says which AWS this is");
            assert!(frame.poller().await?.starts_with("Poller ready"), "{view} says how the poller is");
        }
        Ok(())
    })
    .await
}
