use anyhow::Result;

use crate::window::pages::deliveries::Deliveries;
use crate::window::pages::form::Form;
use crate::window::pages::frame::Frame;
use crate::window::pages::publish::Publish;
use crate::window::{Scene, spec, until};

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn an_edited_event_is_published_and_delivered() -> Result<()> {
    spec(async |scene| {
        let publish = composer(scene).await?;
        publish.choose("incident-raised").await?;
        publish.publish().await
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_detail_that_is_wrong_or_too_large_is_refused_with_a_sentence() -> Result<()> {
    spec(async |scene| {
        let publish = composer(scene).await?;
        publish.choose("incident-created").await?;
        publish.paste_detail("{\"summary\": ").await?;
        let broken = publish.refusal_after("").await?;
        publish.paste_detail(&format!("{{\"summary\": \"{}\"}}", "x".repeat(1_100_000))).await?;
        let large = publish.refusal_after(&broken).await?;
        assert!(large.contains("1048576") || large.contains("1,048,576"), "the sentence names the limit: {large}");
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_burst_is_followed_to_its_verdicts() -> Result<()> {
    spec(async |scene| {
        let publish = composer(scene).await?;
        Form::of(scene.window()).fill("Events", "45").await?;
        publish.start_run().await?;
        publish.run_is_proven().await?;
        let runs = scene.cli().done("runs list").await?;
        assert_eq!(runs["runs"][0]["delivered"], 45, "{runs}");
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_burst_of_ten_thousand_is_cancelled_and_what_was_sent_is_still_followed() -> Result<()> {
    spec(async |scene| {
        let publish = composer(scene).await?;
        let form = Form::of(scene.window());
        form.fill("Events", "10000").await?;
        form.fill("Rate", "500").await?;
        publish.start_run().await?;
        publish.run_goes_on().await?;
        publish.stop_run().await?;
        publish.run_is_not_proven().await?;
        let run = &scene.cli().done("runs list").await?["runs"][0];
        let of = |key: &str| run[key].as_u64().unwrap_or_default();
        assert!(of("published") > 0 && of("published") < 10_000, "it was stopped on the way: {run}");
        assert_eq!(of("delivered"), of("published"), "what had been sent was read back: {run}");
        assert_eq!(of("not_sent"), 10_000 - of("published"), "the rest never left: {run}");
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_window_that_is_closed_in_mid_run_tells_the_truth_of_it_when_it_is_opened_again() -> Result<()> {
    spec(async |scene| {
        let publish = composer(scene).await?;
        let form = Form::of(scene.window());
        form.fill("Events", "3000").await?;
        form.fill("Rate", "100").await?;
        form.fill("Timeout", "5").await?;
        publish.start_run().await?;
        publish.run_goes_on().await?;
        scene.restart().await?;
        Frame::of(scene.window()).go("Deliveries").await?;
        let deliveries = Deliveries::of(scene.window());
        let run = &until("the run to be closed", async || {
            let runs = scene.cli().done("runs list").await?;
            Ok((runs["runs"][0]["state"] == "closed").then(|| runs["runs"][0].clone()))
        })
        .await?;
        let of = |key: &str| run[key].as_u64().unwrap_or_default();
        assert_eq!(run["total"], 3000, "the run is listed: {run}");
        assert!(of("published") > 0 && of("not_sent") > 0, "it was left on the way: {run}");
        assert_eq!(of("missing"), 0, "nobody read the queue meanwhile, so nothing is called missing: {run}");
        assert_eq!(of("delivered") + of("late") + of("unknown") + of("not_sent"), 3000, "every event has a verdict: {run}");
        assert_eq!(run["proven"], false, "{run}");
        deliveries.counts("delivered", usize::try_from(9 + of("delivered"))?).await
    })
    .await
}

/// The page Publish, with a chain that stands.
async fn composer(scene: &Scene) -> Result<Publish<'_>> {
    scene.cli().done("verify").await?;
    Frame::of(scene.window()).go("Publish").await?;
    Ok(Publish::of(scene.window()))
}
