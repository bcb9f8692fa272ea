//! Pictures of each view, taken from the real window on the sandbox, with a state that was really made: `make screenshots`.
//!
//! Each view in each state, theme and size goes to `docs/screenshots`; the way through panels, forms and the wizard to `target/screenshots`.
//! The README's is `overview-light.png`, copied to `docs/images/overview.png`.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "screenshots/album.rs"]
mod album;
#[path = "screenshots/damage.rs"]
mod damage;
#[path = "screenshots/doctor.rs"]
mod doctor;
#[path = "screenshots/stage.rs"]
mod stage;
#[path = "screenshots/tour.rs"]
mod tour;
#[path = "screenshots/views.rs"]
mod views;
#[allow(dead_code, reason = "the pictures need only a part of what the specs need")]
mod window;

use anyhow::Result;
use window::spec;

#[tokio::test]
#[ignore = "opens the real window: make screenshots"]
async fn pictures_of_a_first_run() -> Result<()> {
    spec(async |scene| tour::first_run(scene).await).await
}

#[tokio::test]
#[ignore = "opens the real window: make screenshots"]
async fn pictures_of_every_view_with_chains_in_every_state() -> Result<()> {
    spec(async |scene| {
        stage::set(scene).await?;
        scene.restart().await?;
        views::take(scene, "full", views::read).await?;
        tour::every_view(scene).await
    })
    .await
}

#[tokio::test]
#[ignore = "opens the real window: make screenshots"]
async fn pictures_of_the_doctor_and_the_fault_lab() -> Result<()> {
    spec(async |scene| doctor::doctor(scene).await).await
}

#[tokio::test]
#[ignore = "opens the real window: make screenshots"]
async fn pictures_of_the_tour() -> Result<()> {
    spec(async |scene| doctor::the_tour(scene).await).await
}

#[tokio::test]
#[ignore = "opens the real window: make screenshots"]
async fn pictures_of_every_view_without_anything_in_it() -> Result<()> {
    spec(async |scene| views::take(scene, "empty", views::read).await).await
}

#[tokio::test]
#[ignore = "opens the real window: make screenshots"]
async fn pictures_of_every_view_whose_data_cannot_be_read() -> Result<()> {
    spec(async |scene| {
        scene.cli().done("verify").await?;
        scene.restart().await?;
        damage::take_tables_away(scene)?;
        window::pages::frame::Frame::of(scene.window()).command("Read everything again").await?;
        views::take(scene, "error", views::failed).await
    })
    .await
}
