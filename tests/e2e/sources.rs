use anyhow::Result;

use crate::window::pages::deliveries::Deliveries;
use crate::window::pages::form::Form;
use crate::window::pages::frame::Frame;
use crate::window::pages::sources::Sources;
use crate::window::spec;

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn the_steps_of_an_incident_arrive_as_deliveries() -> Result<()> {
    spec(async |scene| {
        scene.cli().done("verify").await?;
        let frame = Frame::of(scene.window());
        frame.go("Alert sources").await?;
        let sources = Sources::of(scene.window());
        sources.open("Demo").await?;
        sources.raise_incident("Disk full", "/var has 2 % left").await?;
        sources.published("incident-created").await?;
        sources.step("incident-acknowledged").await?;
        sources.published("incident-acknowledged").await?;

        frame.go("Deliveries").await?;
        let deliveries = Deliveries::of(scene.window());
        deliveries.counts("delivered", 11).await?;
        let newest = deliveries.rows().await?;
        assert!(newest[0].contains("incident-acknowledged") && newest[0].contains("Delivered"), "the last step is on top: {newest:?}");
        assert!(newest[1].contains("incident-created") && newest[1].contains("Delivered"), "{newest:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn an_empty_summary_is_refused_at_its_field() -> Result<()> {
    spec(async |scene| {
        scene.cli().done("sources create --name Shop").await?;
        Frame::of(scene.window()).go("Alert sources").await?;
        let sources = Sources::of(scene.window());
        sources.open("Shop").await?;
        sources.raise_incident("", "The till is down").await?;
        let form = Form::of(scene.window());
        assert!(!form.refusal_at("Summary").await?.is_empty(), "a sentence stands at the field");
        assert_eq!(form.holds("Details").await?, "The till is down", "what was typed stays");
        Ok(())
    })
    .await
}
