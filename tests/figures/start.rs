//! How long it takes from the start of the program until its first view can be used.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

use crate::window::{Window, until};

/// A program that opens a window, started on a folder of its own.
pub(crate) struct Program {
    pub(crate) file: PathBuf,
    pub(crate) takes_data_dir: bool,
}

impl Program {
    pub(crate) fn waybill() -> Self {
        Self { file: env!("CARGO_BIN_EXE_waybill-desktop").into(), takes_data_dir: true }
    }

    pub(crate) fn empty() -> Self {
        Self {
            file: Path::new(env!("CARGO_BIN_EXE_waybill-desktop")).with_file_name("examples").join("empty-window"),
            takes_data_dir: false,
        }
    }

    /// Milliseconds until its page says that it can be used, and the names of the scripts that it loaded for that.
    pub(crate) async fn start(&self, folder: &Path) -> Result<(f64, Vec<String>)> {
        let arguments = if self.takes_data_dir { json!(["--data-dir", folder.join("data")]) } else { json!([]) };
        let window = Window::of(&self.file, arguments, &folder.join("home")).await?;
        let at = until("the page can be used", async || {
            let at = window.run("const [mark] = performance.getEntriesByName('interactive'); return mark ? performance.timeOrigin + mark.startTime : null").await?;
            Ok(at.as_f64())
        });
        let at = at.await?;
        let scripts = window.run("return performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => name.endsWith('.js')).concat([...document.scripts].map((script) => script.src))").await?;
        let scripts =
            scripts.as_array().context("a list")?.iter().filter_map(|name| name.as_str()?.rsplit('/').next().map(str::to_owned)).collect();
        let took = at - window.started(&self.file)?;
        window.close().await?;
        Ok((took, scripts))
    }
}

/// Bytes of the scripts in the pages as they were built.
pub(crate) fn bytes(scripts: &[String]) -> Result<u64> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/dist/assets");
    let mut names: Vec<&String> = scripts.iter().filter(|name| !name.is_empty()).collect();
    names.sort();
    names.dedup();
    names.into_iter().map(|name| Ok(std::fs::metadata(folder.join(name)).with_context(|| name.clone())?.len())).sum()
}

/// The middle of an odd number of figures.
pub(crate) fn median(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
