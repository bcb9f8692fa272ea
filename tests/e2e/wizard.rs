use anyhow::Result;

use crate::window::pages::form::Form;
use crate::window::pages::frame::Frame;
use crate::window::pages::overview::Overview;
use crate::window::pages::wizard::{STEPS, Wizard};
use crate::window::{Scene, spec};

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn an_alert_action_goes_through_the_wizard_to_nine_delivered() -> Result<()> {
    spec(async |scene| {
        let wizard = Wizard::of(scene.window());
        begin(scene, "Payments", "Shop").await?;
        wizard.next_to(STEPS[1]).await?;
        wizard.source_is("Pending").await?;
        wizard.next_to(STEPS[2]).await?;
        assert!(
            wizard.calls().await?.iter().any(|call| call.contains("CreateEventBus")),
            "associating is creating the bus, and the step says so"
        );
        wizard.next_to(STEPS[3]).await?;
        Form::of(scene.window()).fill("Rule name", "my-rule").await?;
        wizard.next_to(STEPS[4]).await?;
        wizard.next_to(STEPS[5]).await?;
        wizard.set_up().await?;
        wizard.prove("Proven 9/9").await?;
        assert_eq!(wizard.verdicts().await?, ["delivered"; 9], "each of the nine was read back");
        wizard.done().await?;
        Overview::of(scene.window()).says("Payments", "Proven 9/9").await
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn refused_input_stays_with_its_sentence_at_its_field() -> Result<()> {
    spec(async |scene| {
        begin(scene, "Payments", "Shop").await?;
        let form = Form::of(scene.window());
        form.fill("AWS account ID", "1234").await?;
        let wizard = Wizard::of(scene.window());
        wizard.next().await?;
        let sentence = form.refusal_at("AWS account ID").await?;
        assert!(sentence.contains("1234"), "the sentence names what was typed: {sentence}");
        assert_eq!(form.holds("AWS account ID").await?, "1234", "what was typed stays");
        assert_eq!(form.holds("Name").await?, "Payments", "and so does the rest");
        wizard.at(STEPS[0]).await?;
        let answer = scene.cli().run("actions list").await?;
        assert!(!answer.json.to_string().contains("Payments"), "nothing was saved: {answer:?}");
        Ok(())
    })
    .await
}

/// A set-up that has come to its rule, the name of which is typed.
async fn at_the_rule(scene: &Scene) -> Result<Wizard<'_>> {
    begin(scene, "Payments", "Shop").await?;
    let wizard = Wizard::of(scene.window());
    for step in &STEPS[1..4] {
        wizard.next_to(step).await?;
    }
    Form::of(scene.window()).fill("Rule name", "kept-rule").await?;
    Ok(wizard)
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_set_up_is_resumed_where_it_was_left_after_a_restart() -> Result<()> {
    spec(async |scene| {
        at_the_rule(scene).await?.save_and_close().await?;

        scene.restart().await?;
        Frame::of(scene.window()).go("Set up").await?;
        let wizard = Wizard::of(scene.window());
        wizard.resume("Payments").await?;
        wizard.at(STEPS[3]).await?;
        assert_eq!(Form::of(scene.window()).holds("Rule name").await?, "kept-rule", "what was typed was kept");
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_window_closed_in_the_middle_of_a_set_up_comes_back_to_its_step() -> Result<()> {
    spec(async |scene| {
        at_the_rule(scene).await?.next_to(STEPS[4]).await?;

        scene.restart().await?;
        Frame::of(scene.window()).go("Set up").await?;
        let wizard = Wizard::of(scene.window());
        wizard.resume("Payments").await?;
        wizard.at(STEPS[4]).await?;
        wizard.previous_to(STEPS[3]).await?;
        assert_eq!(Form::of(scene.window()).holds("Rule name").await?, "kept-rule", "nobody clicked Save and close");
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_set_up_is_taken_back_and_made_again() -> Result<()> {
    spec(async |scene| {
        begin(scene, "Payments", "Shop").await?;
        let wizard = Wizard::of(scene.window());
        for step in &STEPS[1..] {
            wizard.next_to(step).await?;
        }
        wizard.set_up().await?;
        wizard.undo().await?;
        let chain = scene.cli().run("setup status Payments").await?.json;
        let states: Vec<&str> = chain["links"].as_array().unwrap().iter().filter_map(|link| link["state"].as_str()).collect();
        assert_eq!(states, ["ok", "ok", "pending", "none", "none", "none"], "what was made is gone, the pending source stays");
        wizard.set_up().await?;
        wizard.prove("Proven 9/9").await
    })
    .await
}

/// Opens the wizard for a new alert action and names it.
async fn begin(scene: &Scene, action: &str, source: &str) -> Result<()> {
    Frame::of(scene.window()).go("Set up").await?;
    Wizard::of(scene.window()).begin().await?;
    let form = Form::of(scene.window());
    form.fill("Alert source", source).await?;
    form.fill("Name", action).await
}
