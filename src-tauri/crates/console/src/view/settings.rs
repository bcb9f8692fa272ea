//! The window's settings.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Theme {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the system is.
    #[default]
    System,
}

/// How much room there is between things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Density {
    /// More on one screen.
    #[default]
    Compact,
    /// More air.
    Comfortable,
}

/// Whether things move.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Motion {
    /// As the system says.
    #[default]
    System,
    /// As little as possible.
    Reduced,
}

/// How the window looks and behaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct WindowSettings {
    /// Light or dark.
    pub theme: Theme,
    /// How much room there is.
    pub density: Density,
    /// Whether things move.
    pub motion: Motion,
    /// Size of everything, in percent.
    pub zoom: u16,
    /// Whether the system tells when a run has ended while the window is not in front.
    pub notify: bool,
    /// Whether the window has a menu bar.
    pub menu_bar: bool,
    /// Whether the window is shown to others: larger, with account ids masked.
    pub presenter: bool,
    /// Columns that tables do not show, for example `actions.account`.
    pub hidden_columns: Vec<String>,
}

impl WindowSettings {
    /// What the zoom may be, in percent.
    pub const ZOOM: RangeInclusive<u16> = 50..=200;
}

impl Default for WindowSettings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            density: Density::default(),
            motion: Motion::default(),
            zoom: 100,
            notify: true,
            menu_bar: true,
            presenter: false,
            hidden_columns: Vec::new(),
        }
    }
}

/// A command of the page as the window's menu has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MenuCommand {
    /// By it the page knows what was chosen.
    pub id: String,
    /// What it does.
    pub title: String,
    /// The menu that it stands in.
    pub group: String,
    /// Its keys as people read them, for example `Ctrl+K`.
    pub keys: Option<String>,
}

/// Where the window is on the screen, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// Width of its content.
    pub width: f64,
    /// Height of its content.
    pub height: f64,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Whether it fills the screen.
    pub maximized: bool,
}
