use anyhow::Result;

use crate::window::pages::overview::Overview;
use crate::window::{mischief, spec};

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_break_behind_waybills_back_is_named_at_its_link() -> Result<()> {
    spec(async |scene| {
        let overview = Overview::of(scene.window());
        overview.run_nine_event_proof().await?;
        overview.says("Demo action", "Proven 9/9").await?;
        overview.link_says("Demo action", "queue", "Policy allows").await?;
        mischief::forget_queue_policy(scene, "Demo action").await?;
        overview.read_again().await?;
        overview.link_says("Demo action", "queue", "Policy missing").await
    })
    .await
}
