use anyhow::{Result, ensure};

use crate::window::pages::actions::Actions;
use crate::window::pages::activity::Activity;
use crate::window::pages::deliveries::Deliveries;
use crate::window::pages::doctor::Doctor;
use crate::window::pages::fault_lab::FaultLab;
use crate::window::pages::form::Form;
use crate::window::pages::frame::{Frame, VIEWS};
use crate::window::pages::overview::Overview;
use crate::window::pages::tour::Tour;
use crate::window::pages::wizard::{STEPS, Wizard};
use crate::window::{Scene, accessibility, spec};

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
async fn no_empty_view_breaks_a_rule_of_axe() -> Result<()> {
    spec(async |scene| {
        let (frame, mut broken) = (Frame::of(scene.window()), Vec::new());
        for view in VIEWS {
            frame.show(view).await?;
            broken.extend(rules_broken(scene, &format!("{view}, empty")).await?);
        }
        ensure!(broken.is_empty(), "{}", broken.join("\n"));
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn neither_panel_nor_form_nor_dialog_breaks_a_rule_of_axe() -> Result<()> {
    spec(async |scene| {
        scene.cli().done("verify").await?;
        let frame = Frame::of(scene.window());
        frame.go("Deliveries").await?;
        Deliveries::of(scene.window()).open("incident-resolved").await?;
        let mut broken = rules_broken(scene, "panel of a delivery").await?;
        frame.go("Activity").await?;
        Activity::of(scene.window()).open("PutRule").await?;
        broken.extend(rules_broken(scene, "panel of a call").await?);
        frame.go("Alert actions").await?;
        Actions::of(scene.window()).create().await?;
        Form::of(scene.window()).holds("Name").await?;
        broken.extend(rules_broken(scene, "form of an alert action").await?);
        broken.extend(wizard_rules_broken(scene).await?);
        frame.open_palette("del").await?;
        broken.extend(accessibility::violations(scene.window()).await?.into_iter().map(|one| format!("palette: {one}")));
        frame.close_dialog().await?;
        frame.command("Keyboard shortcuts").await?;
        frame.cheat_sheet().await?;
        broken.extend(accessibility::violations(scene.window()).await?.into_iter().map(|one| format!("cheat sheet: {one}")));
        ensure!(broken.is_empty(), "{}", broken.join("\n"));
        Ok(())
    })
    .await
}

/// The same for each step of the guided set-up.
async fn wizard_rules_broken(scene: &Scene) -> Result<Vec<String>> {
    let (wizard, form) = (Wizard::of(scene.window()), Form::of(scene.window()));
    Frame::of(scene.window()).go("Set up").await?;
    wizard.begin().await?;
    form.fill("Alert source", "Billing").await?;
    form.fill("Name", "Invoices").await?;
    let mut broken = Vec::new();
    for (at, step) in STEPS.iter().enumerate() {
        if at > 0 {
            wizard.next_to(step).await?;
        }
        wizard.is_read(at).await?;
        broken.extend(rules_broken(scene, step).await?);
    }
    Ok(broken)
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
        overview.shows_on_board("Demo action", "delivered", 9).await?;
        frame.type_command("Deliveries").await?;
        frame.is_at("Deliveries").await?;
        let deliveries = Deliveries::of(scene.window());
        deliveries.counts("delivered", 9).await?;
        deliveries.tab_to_rows().await?;
        deliveries.open_with_arrow().await?;
        assert_eq!(deliveries.first_hop().await?, "Written", "the way of the chosen event is shown");
        Ok(())
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn neither_a_broken_chain_nor_the_tour_breaks_a_rule_of_axe() -> Result<()> {
    spec(async |scene| {
        let (frame, lab, doctor) = (Frame::of(scene.window()), FaultLab::of(scene.window()), Doctor::of(scene.window()));
        let overview = Overview::of(scene.window());
        overview.run_nine_event_proof().await?;
        overview.says("Demo action", "Proven 9/9").await?;
        let mut broken = rules_broken(scene, "tour offered").await?;
        Tour::of(scene.window()).start().await?;
        Tour::of(scene.window()).take_me_there().await?;
        lab.switch("pattern-mismatch", true).await?;
        broken.extend(rules_broken(scene, "fault lab").await?);
        frame.go("Doctor").await?;
        doctor.finds("pattern-mismatch", "cause").await?;
        broken.extend(rules_broken(scene, "cause").await?);
        doctor.open_rules("0 of 1 rule takes this event.").await?;
        doctor.ask_aws().await?;
        broken.extend(rules_broken(scene, "rules").await?);
        frame.go("Doctor").await?;
        doctor.repair("Repaired and proven 9/9").await?;
        broken.extend(rules_broken(scene, "repaired").await?);
        ensure!(broken.is_empty(), "{}", broken.join("\n"));
        Ok(())
    })
    .await
}

/// Every rule that the page breaks, in light and in dark.
async fn rules_broken(scene: &Scene, what: &str) -> Result<Vec<String>> {
    let (frame, mut broken) = (Frame::of(scene.window()), Vec::new());
    for theme in ["Dark", "Light"] {
        frame.choose_theme(theme).await?;
        frame.is_read().await?;
        frame.is_still().await?;
        broken.extend(accessibility::violations(scene.window()).await?.into_iter().map(|one| format!("{what}, {theme}: {one}")));
    }
    Ok(broken)
}
