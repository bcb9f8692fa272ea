use anyhow::Result;

use crate::window::pages::connections::Connections;
use crate::window::pages::frame::Frame;
use crate::window::pages::overview::Overview;
use crate::window::spec;

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_read_only_connection_says_so_on_every_page_and_refuses_a_proof() -> Result<()> {
    spec(async |scene| {
        let (frame, connections) = (Frame::of(scene.window()), Connections::of(scene.window()));
        frame.go("Connections & sandbox").await?;
        connections.choose_mode("sandbox", "Read only").await?;
        frame.says("Read only").await?;
        frame.show("Overview").await?;
        let overview = Overview::of(scene.window());
        overview.run_nine_event_proof().await?;
        overview.is_refused("is read-only").await?;
        assert_ne!(scene.cli().run("verify").await?.code, Some(0), "the same mode holds on the command line");
        frame.go("Connections & sandbox").await?;
        connections.choose_mode("sandbox", "Free").await?;
        frame.says("Writes allowed").await?;
        frame.show("Overview").await?;
        overview.run_nine_event_proof().await?;
        overview.shows_on_board("Demo action", "delivered", 9).await
    })
    .await
}
