//! Where the window is on the screen: kept while it is open, written when it is closed, taken again at the next start.

use std::sync::{Mutex, PoisonError};

use tauri::{App, Runtime, Window};
use waybill_console::view::WindowPlace;

/// The first place: the middle of the screen.
pub(crate) const USUAL: (f64, f64) = (1280.0, 800.0);
/// Smaller than this the pages do not fit.
pub(crate) const LEAST: (f64, f64) = (900.0, 650.0);

/// The place as it was last seen.
#[derive(Default)]
pub(crate) struct LastPlace(Mutex<Option<WindowPlace>>);

impl LastPlace {
    /// Takes note of where a window is now.
    pub(crate) fn note<R: Runtime>(&self, window: &Window<R>) {
        let Some(seen) = look(window) else { return };
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A window that fills the screen keeps the size that it has otherwise.
        *last = match *last {
            Some(before) if seen.maximized => Some(WindowPlace { maximized: true, ..before }),
            _ => Some(seen),
        };
    }

    pub(crate) fn get(&self) -> Option<WindowPlace> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn look<R: Runtime>(window: &Window<R>) -> Option<WindowPlace> {
    if window.is_minimized().unwrap_or(false) {
        return None;
    }
    let scale = window.scale_factor().ok()?;
    let size = window.inner_size().ok()?.to_logical::<f64>(scale);
    let corner = window.outer_position().ok()?.to_logical::<f64>(scale);
    Some(WindowPlace {
        width: size.width,
        height: size.height,
        x: corner.x,
        y: corner.y,
        maximized: window.is_maximized().unwrap_or(false),
    })
}

/// Whether enough of a place lies on one of the screens to take hold of the window.
pub(crate) fn is_on_screen(app: &App, place: &WindowPlace) -> bool {
    let screens = app.available_monitors().unwrap_or_default();
    screens.iter().any(|screen| {
        let scale = screen.scale_factor();
        let (corner, size) = (screen.position().to_logical::<f64>(scale), screen.size().to_logical::<f64>(scale));
        overlaps(place, (corner.x, corner.y), (size.width, size.height))
    })
}

/// How much of the window's head must be on a screen.
const GRIP: f64 = 80.0;

fn overlaps(place: &WindowPlace, corner: (f64, f64), size: (f64, f64)) -> bool {
    let wide = (place.x + place.width).min(corner.0 + size.0) - place.x.max(corner.0);
    let head = place.y >= corner.1 - 1.0 && place.y + GRIP <= corner.1 + size.1;
    wide >= GRIP && head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_only_where_the_window_can_be_taken_hold_of() {
        let place = |x, y| WindowPlace { width: 1000.0, height: 700.0, x, y, maximized: false };
        let screen = ((0.0, 0.0), (1920.0, 1080.0));
        for (x, y, is_on) in [
            (0.0, 0.0, true),
            (-900.0, 10.0, true),
            (-950.0, 10.0, false),
            (1900.0, 0.0, false),
            (0.0, 1050.0, false),
            (0.0, -300.0, false),
        ] {
            assert_eq!(overlaps(&place(x, y), screen.0, screen.1), is_on, "{x}, {y}");
        }
    }
}
