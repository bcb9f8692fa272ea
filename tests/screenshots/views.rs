//! Every view, in each size and theme, in one state.

use anyhow::Result;

use crate::album::Album;
use crate::window::Scene;
use crate::window::pages::frame::{Frame, VIEWS};

/// Sizes of the window.
const SIZES: [(u32, u32); 2] = [(1280, 800), (900, 650)];

/// Takes every view as it is; `settled` waits until a view shows its state.
pub(crate) async fn take(scene: &Scene, state: &str, settled: impl AsyncFn(&Scene, &str) -> Result<()>) -> Result<()> {
    let frame = Frame::of(scene.window());
    let album = Album::of(scene.window());
    for (width, height) in SIZES {
        scene.window().resize(width, height).await?;
        for theme in ["Light", "Dark"] {
            frame.choose_theme(theme).await?;
            // The menu bar, which takes its part of the window, may have come up only now.
            scene.window().resize(width, height).await?;
            for view in VIEWS {
                frame.show(view).await?;
                settled(scene, view).await?;
                let name = view.to_lowercase().replace(' ', "-").replace("-&", "");
                album.keep(&format!("{name}-{state}-{}-{width}x{height}", theme.to_lowercase())).await?;
            }
        }
    }
    scene.window().resize(1280, 800).await?;
    frame.choose_theme("Light").await
}

/// Waits until nothing is being read.
pub(crate) async fn read(scene: &Scene, _view: &str) -> Result<()> {
    Frame::of(scene.window()).is_read().await
}

/// Waits until a view says what could not be read.
pub(crate) async fn failed(scene: &Scene, view: &str) -> Result<()> {
    let frame = Frame::of(scene.window());
    if view == "Settings" {
        return frame.is_read().await;
    }
    frame.says_why().await
}
