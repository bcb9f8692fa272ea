//! The real window, driven as a person would drive it: through WebKitGTK's own WebDriver, with a data folder of its own.

pub(crate) mod accessibility;
pub(crate) mod by;
pub(crate) mod cli;
mod driver;
pub(crate) mod evidence;
pub(crate) mod mischief;
pub(crate) mod pages;
mod patience;
mod scene;
mod view;

pub(crate) use by::By;
pub(crate) use patience::until;
pub(crate) use scene::{Scene, spec};
pub(crate) use view::Window;
