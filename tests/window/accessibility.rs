//! The rules of axe (github.com/dequelabs/axe-core), run on the page as it is.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Window;

const RUN: &str = "
    const done = arguments[0];
    const passing = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    Promise.allSettled(passing.map((one) => one.finished)).then(() => axe.run(document, { resultTypes: ['violations'] })).then(
        (found) => done(found.violations.map((rule) => rule.id + ': ' + rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | '))),
        (error) => done(['axe failed: ' + error]),
    );
";

/// Every rule that the page breaks once nothing moves any more, with the first places where it does.
pub(crate) async fn violations(window: &Window) -> Result<Vec<String>> {
    if window.run("return typeof axe").await? == "undefined" {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
        let text = fs::read_to_string(&script).with_context(|| format!("{} is installed by `make ui`", script.display()))?;
        window.run(&format!("{text}\nwindow.axe = axe;")).await?;
    }
    let found = window.run_to_end(RUN).await?;
    Ok(found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}
