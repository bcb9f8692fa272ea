use anyhow::Result;
use serde_json::Value;

use crate::window::pages::deliveries::Deliveries;
use crate::window::pages::form::Form;
use crate::window::pages::frame::Frame;
use crate::window::pages::publish::Publish;
use crate::window::spec;

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_run_of_the_command_line_shows_in_an_open_window() -> Result<()> {
    spec(async |scene| {
        Frame::of(scene.window()).go("Deliveries").await?;
        let deliveries = Deliveries::of(scene.window());
        deliveries.counts("delivered", 0).await?;
        scene.cli().done("verify").await?;
        deliveries.counts("delivered", 9).await?;
        assert_eq!(deliveries.rows().await?.len(), 9, "a row for each");
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_stream_of_five_thousand_a_second_is_counted_to_the_last_event() -> Result<()> {
    const STREAM: usize = 1500;
    spec(async |scene| {
        scene.cli().done("verify").await?;
        let frame = Frame::of(scene.window());
        frame.go("Publish").await?;
        let form = Form::of(scene.window());
        form.fill("Events", &STREAM.to_string()).await?;
        form.fill("Rate", "5000").await?;
        Publish::of(scene.window()).start_run().await?;
        frame.go("Deliveries").await?;
        Deliveries::of(scene.window()).counts("delivered", 9 + STREAM).await
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_delivery_shows_the_raw_envelope_as_received() -> Result<()> {
    spec(async |scene| {
        let run = scene.cli().done("verify").await?;
        let event = run["events"].as_array().and_then(|events| events.iter().find(|event| event["event_type"] == "incident-resolved"));
        let event_id = event.and_then(|event| event["event_id"].as_str()).unwrap().to_owned();

        Frame::of(scene.window()).go("Deliveries").await?;
        let deliveries = Deliveries::of(scene.window());
        deliveries.counts("delivered", 9).await?;
        deliveries.open("incident-resolved").await?;
        assert_eq!(deliveries.identifier("Event").await?, event_id, "the panel names the event as EventBridge does");
        deliveries.show("As received").await?;
        let envelope: Value = serde_json::from_str(&deliveries.received().await?)?;
        assert_eq!(envelope["id"], event_id.as_str(), "the body is the one that was read from the queue");
        assert_eq!(envelope["detail-type"], "incident-resolved");
        assert_eq!(envelope["detail"]["status"], "RESOLVED", "as on the iLert page");
        Ok(())
    })
    .await
}
