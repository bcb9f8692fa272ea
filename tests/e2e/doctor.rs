use anyhow::{Result, ensure};

use crate::window::pages::doctor::Doctor;
use crate::window::pages::fault_lab::FaultLab;
use crate::window::pages::frame::Frame;
use crate::window::pages::overview::Overview;
use crate::window::{Scene, spec};

const DEMO: &str = "Demo action";

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn the_doctor_finds_the_policy_repairs_it_proves_it_and_takes_it_back() -> Result<()> {
    spec(async |scene| {
        scene.cli().done("verify").await?;
        break_it(scene, "queue-policy").await?;
        let missing = scene.cli().run("verify --timeout 1s").await?;
        ensure!(missing.code == Some(1), "a chain without queue policy is not proven: {missing:?}");

        Frame::of(scene.window()).go("Overview").await?;
        let overview = Overview::of(scene.window());
        overview.read_again().await?;
        overview.shows_on_board(DEMO, "missing", 9).await?;
        overview.ask_why(DEMO, "incident-resolved").await?;

        let doctor = Doctor::of(scene.window());
        let asked = doctor.asked_about().await?;
        assert!(asked.contains("incident-resolved") && asked.contains("Missing"), "the event that was asked about stays in sight: {asked}");
        doctor.finds("queue-policy", "cause").await?;
        doctor.shows("Does the queue's policy let the rule send?").await?;
        let said = doctor.says().await?;
        assert!(
            said.contains("sqs:GetQueueAttributes") && said.contains("Request "),
            "the evidence names its call and its request: {said}"
        );
        assert!(said.contains("\"Action\": \"sqs:SendMessage\""), "the change is there to be read before it is made: {said}");

        doctor.repair("Repaired and proven 9/9").await?;
        assert_eq!(doctor.verdicts().await?, ["delivered"; 9], "each of the nine was read back after the repair");
        doctor.finds("queue-policy", "healthy").await?;
        doctor.is_sound().await?;

        doctor.undo().await?;
        doctor.finds("queue-policy", "cause").await
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn a_fault_is_told_on_every_page_that_it_concerns_until_it_is_reset() -> Result<()> {
    spec(async |scene| {
        scene.cli().done("verify").await?;
        let (frame, lab) = (Frame::of(scene.window()), FaultLab::of(scene.window()));
        break_it(scene, "rule-disabled").await?;
        lab.switch("queue-policy", true).await?;
        frame.go("Overview").await?;
        lab.strip_says("2 faults are active in the fault lab").await?;
        frame.go("Connections & sandbox").await?;
        lab.switch("rule-disabled", false).await?;
        lab.is_active("queue-policy", true).await?;
        frame.go("Doctor").await?;
        lab.strip_says("1 fault is active in the fault lab").await?;
        let doctor = Doctor::of(scene.window());
        doctor.finds("queue-policy", "cause").await?;
        doctor.finds("rule-disabled", "healthy").await?;
        lab.reset_from_strip().await?;
        doctor.is_sound().await
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
async fn the_rules_that_an_event_would_match_are_told_by_waybill_and_by_aws() -> Result<()> {
    spec(async |scene| {
        scene.cli().done("verify").await?;
        break_it(scene, "pattern-mismatch").await?;
        Frame::of(scene.window()).go("Doctor").await?;
        let doctor = Doctor::of(scene.window());
        doctor.finds("pattern-mismatch", "cause").await?;
        doctor.open_rules("0 of 1 rule takes this event.").await?;
        let rules = doctor.ask_aws().await?;
        ensure!(rules.len() == 1, "the bus has one rule: {rules:?}");
        assert!(rules[0].contains("detail-type: the pattern wants"), "the field that failed is named: {rules:?}");
        assert_eq!(rules[0].matches("Does not match").count(), 2, "Waybill and AWS say the same: {rules:?}");
        Ok(())
    })
    .await
}

/// Breaks the demo chain in the fault lab.
async fn break_it(scene: &Scene, fault: &str) -> Result<()> {
    Frame::of(scene.window()).go("Connections & sandbox").await?;
    FaultLab::of(scene.window()).switch(fault, true).await
}
