//! The native menu, made of the page's own commands: menu, palette, shortcuts and cheat sheet are one list.

use tauri::ipc::Channel;
use tauri::menu::{MenuBuilder, SubmenuBuilder};
use tauri::{Result, WebviewWindow};
use waybill_console::view::MenuCommand;

/// Puts the commands into the window's menu, a submenu for each group in the order in which the groups come up; what is chosen is told by its id.
pub(crate) fn set(window: &WebviewWindow, commands: &[MenuCommand], chosen: Channel<String>) -> Result<()> {
    let mut groups: Vec<&str> = Vec::new();
    for command in commands {
        if !groups.contains(&command.group.as_str()) {
            groups.push(&command.group);
        }
    }
    let mut menu = MenuBuilder::new(window);
    for group in groups {
        let mut items = SubmenuBuilder::new(window, group);
        for command in commands.iter().filter(|command| command.group == group) {
            items = items.text(command.id.clone(), label(command));
        }
        menu = menu.item(&items.build()?);
    }
    window.set_menu(menu.build()?)?;
    window.on_menu_event(move |_, event| {
        if let Err(error) = chosen.send(event.id().as_ref().to_owned()) {
            tracing::info!(%error, "the page is gone");
        }
    });
    Ok(())
}

/// Takes the menu away.
pub(crate) fn remove(window: &WebviewWindow) -> Result<()> {
    window.remove_menu().map(drop)
}

/// The keys stand in the label: as accelerators they would be taken from the page, which hears them first where somebody types.
fn label(command: &MenuCommand) -> String {
    let title = command.title.replace('&', "&&");
    match &command.keys {
        Some(keys) => format!("{title}    {keys}"),
        None => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_says_its_keys_and_an_ampersand_stays_one() {
        let command = |title: &str, keys: Option<&str>| MenuCommand {
            id: "x".into(),
            title: title.into(),
            group: "Go to".into(),
            keys: keys.map(str::to_owned),
        };
        assert_eq!(label(&command("Find a command", Some("Ctrl+K"))), "Find a command    Ctrl+K");
        assert_eq!(label(&command("Connections & sandbox", None)), "Connections && sandbox");
    }
}
