use std::time::Instant;

use anyhow::{Result, ensure};

use crate::window::pages::doctor::Doctor;
use crate::window::pages::fault_lab::FaultLab;
use crate::window::pages::frame::Frame;
use crate::window::pages::overview::Overview;
use crate::window::pages::tour::Tour;
use crate::window::spec;

const DEMO: &str = "Demo action";

#[tokio::test]
#[ignore = "opens the real window: make e2e"]
#[allow(clippy::print_stderr, reason = "how long the tour takes is a figure of this machine")]
async fn the_tour_goes_from_green_through_broken_to_green_and_notices_every_step() -> Result<()> {
    spec(async |scene| {
        let (overview, tour, frame) = (Overview::of(scene.window()), Tour::of(scene.window()), Frame::of(scene.window()));
        let began = Instant::now();
        overview.run_nine_event_proof().await?;
        overview.says(DEMO, "Proven 9/9").await?;
        tour.start().await?;

        tour.at(2).await?;
        tour.take_me_there().await?;
        FaultLab::of(scene.window()).switch("queue-policy", true).await?;

        tour.at(3).await?;
        tour.take_me_there().await?;
        frame.is_at("Overview").await?;
        overview.prove(DEMO).await?;
        overview.shows_on_board(DEMO, "missing", 9).await?;

        tour.at(4).await?;
        tour.leave().await?;
        frame.command("Resume the tour").await?;
        tour.at(4).await?;
        overview.ask_doctor(DEMO).await?;

        tour.at(5).await?;
        let doctor = Doctor::of(scene.window());
        doctor.finds("queue-policy", "cause").await?;
        doctor.repair("Repaired and proven 9/9").await?;
        let end = tour.end().await?;
        assert!(end.contains("You have seen the whole loop"), "the tour ends with what was seen: {end}");
        tour.finish().await?;
        eprintln!("the tour took {:.1} s", began.elapsed().as_secs_f64());
        ensure!(began.elapsed().as_secs() < 180, "three minutes are enough for it");

        frame.go("Overview").await?;
        overview.says(DEMO, "Proven 9/9").await?;
        ensure!(!FaultLab::of(scene.window()).is_told().await?, "the fault lab was put back");
        Ok(())
    })
    .await
}
