//! `waybill adopt`.

use waybill_console::view::AdoptableView;
use waybill_console::{Console, Error};

use crate::args::{Adopt, Format};
use crate::exit::Ending;
use crate::output;

/// Runs the command.
pub async fn run(command: Adopt, console: &Console, format: Format) -> Result<Ending, Error> {
    let Some(action) = command.action else {
        let found = console.adoptable().await?;
        output::answer(format, &found, || match found.is_empty() {
            true => "No rule on a partner event bus sends to a queue of this account and region.".to_owned(),
            false => found.iter().map(candidate).collect(),
        });
        return Ok(Ending::Done);
    };
    let chain = console.adopt_chain(Some(&action), command.rule.as_deref(), command.queue.as_deref()).await?;
    output::answer(format, &chain, || format!("Adopted into {}; nothing on AWS was changed. {}", chain.action.name, chain.sentence));
    Ok(Ending::Done)
}

fn candidate(found: &AdoptableView) -> String {
    let dead = found.dead_letter.as_ref().map(|name| format!("  dead-letter queue  {name}\n")).unwrap_or_default();
    let notes: String = found.notes.iter().map(|note| format!("  ! {note}\n")).collect();
    let how = match (&found.action, found.is_known) {
        (Some(action), false) => format!("  Adopt it with: waybill adopt \"{action}\" --rule {} --queue {}\n", found.rule, found.queue),
        _ => String::new(),
    };
    format!(
        "{}\n  rule               {}\n  queue              {}\n{dead}  event pattern      {}\n{notes}  {}\n{how}",
        found.source, found.rule, found.queue, found.pattern, found.meaning
    )
}
