//! The window as seen and handled.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::driver::Driver;
use super::{By, until};

/// A new session hangs for ever where the window does not allow automation.
const OPENS_WITHIN: Duration = Duration::from_secs(30);
/// In milliseconds: as long as the longest stream that a script on the page follows.
const SCRIPT_ENDS_WITHIN: u64 = 600_000;
/// Chooses all text of the control that has the focus: Control, a, and all keys up.
const CHOOSE_ALL: &str = "\u{E009}a\u{E000}";
/// The driver does not scroll by itself to what lies below the window's edge.
const INTO_SIGHT: &str = "
    const { top, bottom } = arguments[0].getBoundingClientRect();
    if (top < 0 || bottom > window.innerHeight) arguments[0].scrollIntoView({ block: 'center' });
";
/// The Tab key.
const TAB: &str = "\u{E004}";
/// The Control key.
const CONTROL: char = '\u{E009}';
/// The Delete key.
const DELETE: &str = "\u{E017}";

/// An open window of `waybill-desktop`.
pub(crate) struct Window {
    client: Client,
    driver: Driver,
}

impl Window {
    /// Opens the window on a data folder.
    pub(crate) async fn open(data_dir: &Path, home: &Path) -> Result<Self> {
        let window = Self::of(Path::new(env!("CARGO_BIN_EXE_waybill-desktop")), json!(["--data-dir", data_dir]), home).await?;
        window.resize(1280, 800).await?;
        Ok(window)
    }

    /// Opens the window of a program.
    pub(crate) async fn of(program: &Path, arguments: Value, home: &Path) -> Result<Self> {
        let driver = Driver::start(home).await?;
        let options = json!({ "binary": program, "args": arguments });
        let timeouts = json!({ "script": SCRIPT_ENDS_WITHIN });
        let capabilities = [("webkitgtk:browserOptions".to_owned(), options), ("timeouts".to_owned(), timeouts)].into_iter().collect();
        let url = driver.url();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let connecting = builder.capabilities(capabilities).connect(&url);
        let client = tokio::time::timeout(OPENS_WITHIN, connecting).await.context("the window did not open")??;
        Ok(Self { client, driver })
    }

    /// When the window's program was started, in milliseconds since 1970.
    pub(crate) fn started(&self, program: &Path) -> Result<f64> {
        self.driver.started(program)
    }

    /// The number of the process in which the page runs.
    pub(crate) fn page_process(&self) -> Result<u32> {
        self.driver.process_id("WebKitWebProcess")
    }

    /// The number of the window's own process.
    pub(crate) fn own_process(&self) -> Result<u32> {
        self.driver.process_id("waybill-desktop")
    }

    /// Closes the window as the session ends, and waits for its processes to end: they still write what they remember.
    pub(crate) async fn close(self) -> Result<()> {
        self.client.close().await?;
        self.driver.is_alone().await
    }

    pub(crate) async fn resize(&self, width: u32, height: u32) -> Result<()> {
        // A menu bar takes its part of the window.
        let mut asked = (width, height);
        until("the page has its size", async || {
            self.client.set_window_size(asked.0, asked.1).await?;
            let size = self.run("return [window.innerWidth, window.innerHeight]").await?;
            if size == json!([width, height]) {
                return Ok(Some(()));
            }
            let lacks = u64::from(height).saturating_sub(size[1].as_u64().unwrap_or_default());
            asked.1 = height + u32::try_from(lacks).unwrap_or_default().min(60);
            Ok(None)
        })
        .await
    }

    /// The first such element that is in sight; waits for it.
    pub(crate) async fn find(&self, by: &By) -> Result<Element> {
        until(&format!("{by}"), async || Ok(self.in_sight(by).await?.into_iter().next())).await
    }

    /// Whether such an element is in sight now.
    pub(crate) async fn shows(&self, by: &By) -> Result<bool> {
        Ok(!self.in_sight(by).await?.is_empty())
    }

    /// Waits until no such element is in sight.
    pub(crate) async fn gone(&self, by: &By) -> Result<()> {
        until(&format!("{by} is gone"), async || Ok((!self.shows(by).await?).then_some(()))).await
    }

    /// Clicks what can be clicked; waits until it can, and until it stands still.
    pub(crate) async fn click(&self, by: &By) -> Result<()> {
        let mut place = None;
        until(&format!("{by} can be clicked"), async || {
            let Some(element) = self.in_sight(by).await?.into_iter().next() else { return Ok(None) };
            ensure!(usable(&element).await?, "it is disabled");
            self.client.execute(INTO_SIGHT, vec![serde_json::to_value(&element)?]).await?;
            let now = Some(element.rectangle().await?);
            ensure!(std::mem::replace(&mut place, now) == now, "it moves");
            element.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Replaces what stands in a control by what is typed.
    pub(crate) async fn type_into(&self, by: &By, text: &str) -> Result<()> {
        self.choose_all(by).await?;
        self.keys(&format!("{DELETE}{text}")).await?;
        let control = self.find(by).await?;
        let typed =
            until(&format!("{by} has what was typed"), async || Ok(control.prop("value").await?.filter(|value| value == text))).await;
        typed.map(drop)
    }

    /// Puts the focus on a control and chooses all that stands in it.
    pub(crate) async fn choose_all(&self, by: &By) -> Result<()> {
        self.click(by).await?;
        self.keys(CHOOSE_ALL).await
    }

    /// Whether a control can be used now.
    pub(crate) async fn enabled(&self, by: &By) -> Result<bool> {
        usable(&self.find(by).await?).await
    }

    /// The value of a control.
    pub(crate) async fn value(&self, by: &By) -> Result<String> {
        Ok(self.find(by).await?.prop("value").await?.unwrap_or_default())
    }

    /// What is said about a control where it is refused or explained, as assistive technology reads it.
    pub(crate) async fn said_at(&self, by: &By) -> Result<String> {
        let described = self.find(by).await?.attr("aria-describedby").await?.unwrap_or_default();
        let said = self
            .ask("return arguments[0].split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ')", json!(described))
            .await?;
        Ok(said.as_str().unwrap_or_default().to_owned())
    }

    /// The text of the first such element, white space as one space.
    pub(crate) async fn text(&self, by: &By) -> Result<String> {
        text_of(&self.find(by).await?).await
    }

    /// The texts of all such elements, shown or not.
    pub(crate) async fn texts(&self, by: &By) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for element in self.all(by).await? {
            texts.push(text_of(&element).await?);
        }
        Ok(texts)
    }

    /// One attribute of all such elements.
    pub(crate) async fn attributes(&self, by: &By, name: &str) -> Result<Vec<String>> {
        let mut values = Vec::new();
        for element in self.all(by).await? {
            values.push(element.attr(name).await?.unwrap_or_default());
        }
        Ok(values)
    }

    /// Sends keys to whatever has the focus.
    pub(crate) async fn keys(&self, keys: &str) -> Result<()> {
        Ok(self.client.active_element().await?.send_keys(keys).await?)
    }

    /// Moves the focus with Tab until what is seen of it, a script about `at`, is this text.
    pub(crate) async fn tab_until(&self, what: &str, seen: &str, text: &str) -> Result<()> {
        until(what, async || {
            if self.run(&format!("const at = document.activeElement ?? document.body; return {seen}")).await? == text {
                return Ok(Some(()));
            }
            self.keys(TAB).await?;
            Ok(None)
        })
        .await
    }

    /// Presses a key together with Control and types on at once: all in one go, without a look at the page between the keys.
    pub(crate) async fn control_then(&self, key: char, text: &str) -> Result<()> {
        let mut keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value: CONTROL });
        keys = keys.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key }).then(KeyAction::Up { value: CONTROL });
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(keys).await?;
        Ok(self.client.release_actions().await?)
    }

    /// Takes focus and pointer away from everything, so that nothing looks touched.
    pub(crate) async fn let_go(&self) -> Result<()> {
        self.run("document.activeElement?.blur()").await.map(drop)
    }

    /// Runs a script on the page.
    pub(crate) async fn run(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Runs a script on the page that tells its end by calling its last argument.
    pub(crate) async fn run_to_end(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute_async(script, Vec::new()).await?)
    }

    /// The same with one argument before the one that is called.
    pub(crate) async fn ask_to_end(&self, script: &str, argument: Value) -> Result<Value> {
        Ok(self.client.execute_async(script, vec![argument]).await?)
    }

    /// Runs a script on the page with one argument.
    pub(crate) async fn ask(&self, script: &str, argument: Value) -> Result<Value> {
        Ok(self.client.execute(script, vec![argument]).await?)
    }

    /// The page as PNG.
    pub(crate) async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// The page as HTML.
    pub(crate) async fn html(&self) -> Result<String> {
        Ok(self.client.source().await?)
    }

    async fn all(&self, by: &By) -> Result<Vec<Element>> {
        Ok(self.client.find_all(Locator::XPath(by.xpath())).await?)
    }

    async fn in_sight(&self, by: &By) -> Result<Vec<Element>> {
        let mut shown = Vec::new();
        for element in self.all(by).await? {
            if element.is_displayed().await? {
                shown.push(element);
            }
        }
        Ok(shown)
    }
}

async fn usable(element: &Element) -> Result<bool> {
    Ok(element.is_enabled().await? && element.attr("aria-disabled").await?.as_deref() != Some("true"))
}

async fn text_of(element: &Element) -> Result<String> {
    // WebDriver's own text is empty for some cells of Cloudscape's tables.
    let text = element.prop("textContent").await?.unwrap_or_default();
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}
