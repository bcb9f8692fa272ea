use anyhow::Result;

use crate::window::pages::actions::Actions;
use crate::window::pages::form::Form;
use crate::window::pages::frame::Frame;
use crate::window::spec;

const CREATE: &str =
    "actions create --name Payments --alert-source Shop --account 123456789012 --region eu-central-1 --trigger-mode automatic --events all";

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_name_that_is_taken_is_refused_at_its_field() -> Result<()> {
    spec(async |scene| {
        scene.cli().done(CREATE).await?;
        Frame::of(scene.window()).go("Alert actions").await?;
        let actions = Actions::of(scene.window());
        actions.create().await?;
        let form = Form::of(scene.window());
        form.fill("Alert source", "Shop").await?;
        form.fill("Name", "Payments").await?;
        actions.submit().await?;
        let sentence = form.refusal_at("Name").await?;
        assert!(sentence.contains("Payments"), "the sentence names it: {sentence}");
        assert_eq!(form.holds("Name").await?, "Payments", "what was typed stays");
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_deleted_alert_action_takes_its_partner_event_source_with_it() -> Result<()> {
    spec(async |scene| {
        scene.cli().done(CREATE).await?;
        Frame::of(scene.window()).go("Alert actions").await?;
        let actions = Actions::of(scene.window());
        actions.choose("Payments").await?;
        actions.press("Delete…").await?;
        actions.submit().await?;
        actions.notice("Alert action Payments was deleted").await?;
        actions.lists_no_more("Payments").await?;
        let answer = scene.cli().run("actions show Payments").await?;
        assert_eq!(answer.code, Some(2), "the command line does not know it any more: {answer:?}");
        Ok(())
    })
    .await
}
