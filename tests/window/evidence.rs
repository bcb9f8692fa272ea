//! What a failed spec leaves behind.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use super::Window;

/// Saves picture and HTML of the page under `target/e2e/`, and says where.
#[allow(clippy::print_stderr, reason = "a failed test tells where its picture is")]
pub(crate) async fn keep(window: &Window, spec: &str) {
    match save(window, spec).await {
        Ok(path) => eprintln!("the page as it was: {}.png and .html", path.display()),
        Err(error) => eprintln!("the page could not be kept: {error:#}"),
    }
}

async fn save(window: &Window, spec: &str) -> Result<PathBuf> {
    let path = folder("e2e")?.join(spec);
    fs::write(path.with_extension("png"), window.picture().await?)?;
    fs::write(path.with_extension("html"), window.html().await?)?;
    Ok(path)
}

/// A folder below cargo's target folder.
pub(crate) fn folder(name: &str) -> Result<PathBuf> {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name(name);
    fs::create_dir_all(&path)?;
    Ok(path)
}
