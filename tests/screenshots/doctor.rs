//! The doctor with three diagnoses, the fault lab and the tour.

use anyhow::Result;

use crate::album::Album;
use crate::window::Scene;
use crate::window::pages::doctor::Doctor;
use crate::window::pages::fault_lab::FaultLab;
use crate::window::pages::frame::Frame;
use crate::window::pages::overview::Overview;
use crate::window::pages::tour::Tour;

const DEMO: &str = "Demo action";

/// Name of the picture, fault, and the check that finds it.
const DIAGNOSES: [(&str, &str, &str); 3] = [
    ("doctor-policy", "queue-policy-other-rule", "queue-policy"),
    ("doctor-pattern", "pattern-mismatch", "pattern-mismatch"),
    ("doctor-pending", "source-pending", "source-pending"),
];

pub(crate) async fn doctor(scene: &Scene) -> Result<()> {
    scene.cli().done("verify").await?;
    let (frame, lab, page) = (Frame::of(scene.window()), FaultLab::of(scene.window()), Doctor::of(scene.window()));
    frame.go("Doctor").await?;
    page.is_sound().await?;
    sizes(scene, "doctor-sound").await?;
    for (name, fault, check) in DIAGNOSES {
        frame.go("Connections & sandbox").await?;
        lab.switch(fault, true).await?;
        scene.cli().run("verify --timeout 1s").await?;
        frame.go("Doctor").await?;
        page.finds(check, "cause").await?;
        sizes(scene, name).await?;
        if check == "pattern-mismatch" {
            page.open_rules("0 of 1 rule takes this event.").await?;
            page.ask_aws().await?;
            sizes(scene, "doctor-rules").await?;
            frame.go("Doctor").await?;
        }
        if check == "source-pending" {
            // The bus that is made anew has no rule yet.
            page.repair("Repaired, but another cause stands in the way").await?;
            sizes(scene, &format!("{name}-next")).await?;
            page.finds("rule-missing", "cause").await?;
        }
        page.repair("Repaired and proven 9/9").await?;
        sizes(scene, &format!("{name}-repaired")).await?;
        lab.reset_from_strip().await?;
    }
    fault_lab(scene).await
}

async fn fault_lab(scene: &Scene) -> Result<()> {
    Frame::of(scene.window()).go("Connections & sandbox").await?;
    let lab = FaultLab::of(scene.window());
    lab.switch("rule-disabled", true).await?;
    lab.switch("queue-policy", true).await?;
    lab.show().await?;
    sizes(scene, "fault-lab").await?;
    lab.reset_all().await?;
    lab.is_active("queue-policy", false).await
}

pub(crate) async fn the_tour(scene: &Scene) -> Result<()> {
    let (overview, tour) = (Overview::of(scene.window()), Tour::of(scene.window()));
    overview.run_nine_event_proof().await?;
    overview.says(DEMO, "Proven 9/9").await?;
    sizes(scene, "tour-offer").await?;
    tour.start().await?;
    tour.at(2).await?;
    tour.take_me_there().await?;
    FaultLab::of(scene.window()).is_active("queue-policy", false).await?;
    sizes(scene, "tour-break").await?;
    FaultLab::of(scene.window()).switch("queue-policy", true).await?;
    tour.at(3).await?;
    tour.take_me_there().await?;
    overview.prove(DEMO).await?;
    tour.at(4).await?;
    sizes(scene, "tour-missing").await?;
    overview.ask_doctor(DEMO).await?;
    tour.at(5).await?;
    sizes(scene, "tour-repair").await?;
    Doctor::of(scene.window()).repair("Repaired and proven 9/9").await?;
    tour.end().await?;
    Album::of(scene.window()).take("tour-done-light").await
}

/// The page in both sizes, light and dark.
async fn sizes(scene: &Scene, name: &str) -> Result<()> {
    let album = Album::of(scene.window());
    album.both(name).await?;
    scene.window().resize(900, 650).await?;
    album.both(&format!("{name}-900x650")).await?;
    scene.window().resize(1280, 800).await
}
