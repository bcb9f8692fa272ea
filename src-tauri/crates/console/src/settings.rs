//! How the window looks and behaves, kept in the data folder.

use crate::view::{WindowPlace, WindowSettings};
use crate::{Console, Error};

/// The key of the window's settings.
const WINDOW: &str = "window";
/// The key of the window's place on the screen.
const PLACE: &str = "window-place";

impl Console {
    /// The window's settings; what was never set has its usual value.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn window_settings(&self) -> Result<WindowSettings, Error> {
        Ok(self.store().read(|db| db.setting(WINDOW)).await?.unwrap_or_default())
    }

    /// Keeps the window's settings.
    ///
    /// # Errors
    /// When the zoom is refused or the store cannot be written.
    pub async fn save_window_settings(&self, settings: WindowSettings) -> Result<WindowSettings, Error> {
        if !WindowSettings::ZOOM.contains(&settings.zoom) {
            let (least, most) = (WindowSettings::ZOOM.start(), WindowSettings::ZOOM.end());
            return Err(Error::bad_input("Zoom", format!("{} % is not possible; it lies from {least} to {most} %", settings.zoom)));
        }
        let kept = settings.clone();
        self.store().write(move |db| db.set_setting(WINDOW, &kept)).await?;
        Ok(settings)
    }

    /// Where the window was when it was closed last.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn window_place(&self) -> Result<Option<WindowPlace>, Error> {
        Ok(self.store().read(|db| db.setting(PLACE)).await?)
    }

    /// Keeps where the window is.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn save_window_place(&self, place: WindowPlace) -> Result<(), Error> {
        Ok(self.store().write(move |db| db.set_setting(PLACE, &place)).await?)
    }
}
