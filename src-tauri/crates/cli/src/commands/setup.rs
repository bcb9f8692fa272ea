//! `waybill setup`.

use waybill_console::view::{LinkState, LinkView, StepStatus, StepView};
use waybill_console::{Console, Error, SetupArguments as Wanted};

use crate::args::{Format, Setup, SetupArguments};
use crate::exit::Ending;
use crate::output::{self, table};

/// Runs the command.
pub async fn run(command: Setup, console: &Console, format: Format) -> Result<Ending, Error> {
    match command {
        Setup::Plan(arguments) => {
            let (id, form) = console.resolve_setup(wanted(arguments)?).await?;
            let plan = console.setup_plan(&id, &form).await?;
            if !plan.problems.is_empty() {
                plan.problems.iter().for_each(|problem| output::complain(&format!("{}: {}", problem.field, problem.reason)));
                return Ok(Ending::Invalid);
            }
            output::answer(format, &plan, || format!("{}{}", steps(&plan.steps), lines(&plan.notes)));
            Ok(if plan.steps.iter().any(|step| step.status == StepStatus::Failed) { Ending::No } else { Ending::Done })
        }
        Setup::Apply(arguments) => {
            let (id, form) = console.resolve_setup(wanted(arguments)?).await?;
            let outcome = console.setup_apply(&id, &form).await?;
            output::answer(format, &outcome, || {
                let failure =
                    outcome.failure.as_ref().map(|failure| format!("\n{}\n{}", failure.message, lines(&failure.made))).unwrap_or_default();
                format!("{}{}{failure}", steps(&outcome.steps), lines(&outcome.notes))
            });
            Ok(match &outcome.failure {
                None => Ending::Done,
                Some(failure) => Ending::Stopped(failure.code),
            })
        }
        Setup::Inbox => {
            let sources = console.event_sources().await?;
            output::answer(format, &sources, || {
                let rows = sources.iter().map(|source| {
                    let expires = source.expires_at.map(|at| format!("expires {at}")).unwrap_or_default();
                    let action = source.action.clone().unwrap_or_default();
                    vec![source.name.clone(), source.state.clone(), expires, action, source.sentence.clone()]
                });
                table(&["Partner event source", "State", "", "Alert action", ""], rows, "No partner event sources here.")
            });
            Ok(Ending::Done)
        }
        Setup::Status { action } => {
            let action = console.find_alert_action(action.as_deref()).await?;
            let chain = console.chain(&action.id).await?;
            output::answer(format, &chain, || format!("{}\n{}\n{}", chain.sentence, links(&chain.links), lines(&chain.drift)));
            let is_healthy = chain.links.iter().all(|link| link.state == LinkState::Ok);
            Ok(match chain.unread_code {
                Some(code) => Ending::Stopped(code),
                None if is_healthy && chain.unread.is_none() => Ending::Done,
                None => Ending::No,
            })
        }
        Setup::Undo { action } => {
            let action = console.find_alert_action(action.as_deref()).await?;
            let undone = console.undo_setup(&action.id).await?;
            output::answer(format, &undone, || format!("{}{}{}", lines(&undone.removed), lines(&undone.kept), lines(&undone.failed)));
            Ok(if undone.failed.is_empty() { Ending::Done } else { Ending::No })
        }
    }
}

fn wanted(arguments: SetupArguments) -> Result<Wanted, Error> {
    let pattern = arguments.pattern.map(|file| super::pattern::read("Event pattern", &file)).transpose()?;
    Ok(Wanted { action: arguments.action, rule: arguments.rule, pattern, queue: arguments.queue })
}

fn steps(steps: &[StepView]) -> String {
    let word = |status: StepStatus| match status {
        StepStatus::Planned => "planned",
        StepStatus::Running => "running",
        StepStatus::Found => "found",
        StepStatus::Done => "done",
        StepStatus::Skipped => "skipped",
        StepStatus::Failed => "failed",
    };
    let rows = steps.iter().map(|step| vec![step.call.clone(), word(step.status).to_owned(), step.summary.clone(), step.finding.clone()]);
    table(&["Call", "", "What", "Found"], rows, "Nothing to do.")
}

fn links(links: &[LinkView]) -> String {
    let rows = links.iter().map(|link| vec![link.label.clone(), link.word.clone(), link.name.clone(), link.sentence.clone()]);
    table(&["Link", "State", "Name", ""], rows, "")
}

fn lines(of: &[String]) -> String {
    of.iter().map(|line| format!("{line}\n")).collect()
}
