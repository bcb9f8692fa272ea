use anyhow::Result;

use crate::window::pages::frame::Frame;
use crate::window::spec;

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn the_dark_theme_changes_colours_and_stays_after_a_restart() -> Result<()> {
    spec(async |scene| {
        let light = {
            let frame = Frame::of(scene.window());
            frame.choose_theme("Light").await?;
            let light = frame.background().await?;
            frame.choose_theme("Dark").await?;
            light
        };
        let dark = Frame::of(scene.window()).background().await?;
        assert_ne!(light, dark, "dark is another colour");
        scene.restart().await?;
        let frame = Frame::of(scene.window());
        frame.theme_is("Dark").await?;
        assert_eq!(frame.background().await?, dark, "the choice is kept");
        Ok(())
    })
    .await
}
