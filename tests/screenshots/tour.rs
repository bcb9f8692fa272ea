//! The way through the views.

use anyhow::Result;

use crate::album::Album;
use crate::window::Scene;
use crate::window::pages::actions::Actions;
use crate::window::pages::activity::Activity;
use crate::window::pages::connections::Connections;
use crate::window::pages::deliveries::Deliveries;
use crate::window::pages::form::Form;
use crate::window::pages::frame::Frame;
use crate::window::pages::overview::Overview;
use crate::window::pages::publish::Publish;
use crate::window::pages::sources::Sources;
use crate::window::pages::wizard::{STEPS, Wizard};

pub(crate) async fn first_run(scene: &Scene) -> Result<()> {
    let overview = Overview::of(scene.window());
    overview.is_first_run().await?;
    Album::of(scene.window()).both("first-run").await?;
    overview.run_nine_event_proof().await?;
    overview.says("Demo action", "Proven 9/9").await?;
    Album::of(scene.window()).both("first-run-proven").await
}

pub(crate) async fn every_view(scene: &Scene) -> Result<()> {
    overview(scene).await?;
    deliveries(scene).await?;
    sources(scene).await?;
    lists(scene).await?;
    publish(scene).await?;
    desktop(scene).await?;
    wizard(scene).await
}

async fn desktop(scene: &Scene) -> Result<()> {
    let (frame, album) = (Frame::of(scene.window()), Album::of(scene.window()));
    frame.go("Activity").await?;
    let page = Activity::of(scene.window());
    page.tells("PutPartnerEvents").await?;
    album.both("activity").await?;
    page.open("PutPartnerEvents").await?;
    album.both("activity-detail").await?;
    scene.window().resize(900, 650).await?;
    album.both("activity-900x650").await?;
    frame.go("Settings").await?;
    album.both("settings-900x650").await?;
    scene.window().resize(1280, 800).await?;
    album.both("settings").await?;
    frame.open_palette("").await?;
    album.take("palette-light").await?;
    frame.close_dialog().await?;
    frame.command("Keyboard shortcuts").await?;
    album.take("cheat-sheet-light").await?;
    frame.close_dialog().await
}

async fn overview(scene: &Scene) -> Result<()> {
    Frame::of(scene.window()).go("Overview").await?;
    let page = Overview::of(scene.window());
    page.says("Payments", "Proven 9/9").await?;
    page.says("Checkout", "Missing 9 of 9").await?;
    page.says("Search", "Pending association").await?;
    let album = Album::of(scene.window());
    album.both("overview").await?;
    scene.window().resize(900, 650).await?;
    album.both("overview-900x650").await?;
    scene.window().resize(1280, 800).await
}

async fn deliveries(scene: &Scene) -> Result<()> {
    Frame::of(scene.window()).go("Deliveries").await?;
    let page = Deliveries::of(scene.window());
    page.counts("missing", 9).await?;
    let album = Album::of(scene.window());
    album.both("deliveries").await?;
    page.open("incident-resolved").await?;
    album.both("deliveries-detail").await?;
    scene.window().resize(900, 650).await?;
    album.both("deliveries-900x650").await?;
    scene.window().resize(1280, 800).await?;
    page.redeliver().await?;
    page.attempts_say(&["First", "Again"], "Delivered").await?;
    album.both("deliveries-again").await?;
    page.close().await?;
    page.find_text("nowhere").await?;
    page.lists(0).await?;
    album.both("deliveries-no-match").await
}

async fn sources(scene: &Scene) -> Result<()> {
    let (frame, album) = (Frame::of(scene.window()), Album::of(scene.window()));
    frame.go("Alert sources").await?;
    let page = Sources::of(scene.window());
    page.lists("Shop").await?;
    album.both("sources").await?;
    page.open("Shop").await?;
    album.both("source-actions").await?;
    page.raise_incident("Card payments fail", "Every third payment is declined since 14:02").await?;
    page.published("incident-created").await?;
    page.step("incident-acknowledged").await?;
    page.published("incident-acknowledged").await?;
    album.both("source-incidents").await
}

async fn lists(scene: &Scene) -> Result<()> {
    let (frame, album) = (Frame::of(scene.window()), Album::of(scene.window()));
    frame.go("Alert actions").await?;
    Actions::of(scene.window()).lists("Payments").await?;
    album.both("actions").await?;
    Actions::of(scene.window()).create().await?;
    Form::of(scene.window()).holds("Name").await?;
    album.both("action-new").await?;
    frame.go("Connections & sandbox").await?;
    Connections::of(scene.window()).sandbox_answers().await?;
    album.both("connections").await
}

async fn publish(scene: &Scene) -> Result<()> {
    Frame::of(scene.window()).go("Publish").await?;
    let page = Publish::of(scene.window());
    page.use_action("Payments").await?;
    page.choose("incident-acknowledged").await?;
    album_after_burst(scene, &page).await
}

async fn album_after_burst(scene: &Scene, page: &Publish<'_>) -> Result<()> {
    let form = Form::of(scene.window());
    form.fill("Events", "90").await?;
    form.fill("Rate", "60").await?;
    page.start_run().await?;
    page.run_is_proven().await?;
    let album = Album::of(scene.window());
    album.both("publish").await?;
    scene.window().resize(900, 650).await?;
    album.both("publish-900x650").await?;
    scene.window().resize(1280, 800).await
}

async fn wizard(scene: &Scene) -> Result<()> {
    let album = Album::of(scene.window());
    Frame::of(scene.window()).go("Set up").await?;
    let page = Wizard::of(scene.window());
    page.lists("Search").await?;
    album.both("setup").await?;
    page.begin().await?;
    let form = Form::of(scene.window());
    form.fill("Alert source", "Billing").await?;
    form.fill("Name", "Invoices").await?;
    for (at, step) in STEPS.iter().enumerate() {
        if at > 0 {
            page.next_to(step).await?;
        }
        page.is_read(at).await?;
        album.both(&format!("setup-{}", at + 1)).await?;
    }
    page.set_up().await?;
    page.prove("Proven 9/9").await?;
    album.both("setup-proven").await
}
