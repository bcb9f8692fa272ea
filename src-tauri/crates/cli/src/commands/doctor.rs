//! `waybill doctor`.

use waybill_console::view::{CheckOutcome, CheckView, DiagnosisView, RepairStepView, RepairedView, RequestView};
use waybill_console::{Console, Error, ErrorCode};

use crate::args::{Doctor, Shared};
use crate::exit::Ending;
use crate::output::{self, progress::Progress};

/// Longest value that is shown to people; all of it stands in the JSON.
const SHOWN: usize = 160;

/// Runs the command.
pub async fn run(command: Doctor, console: &Console, shared: &Shared) -> Result<Ending, Error> {
    let format = shared.format;
    let action = command.action.as_deref();
    if command.undo {
        let undone = console.undo_repair(action).await?;
        output::answer(format, &undone, || {
            format!(
                "The repair of {} was taken back:\n{}",
                undone.began_at,
                undone.steps.iter().map(|step| format!("  {step}\n")).collect::<String>()
            )
        });
        return Ok(Ending::Done);
    }
    let diagnosis = if command.fix {
        let progress = Progress::start(console.live(), format);
        let repaired = console.repair(action).await?;
        drop(progress);
        repaired
    } else {
        console.diagnose(action).await?
    };
    output::answer(format, &diagnosis, || {
        let requests = if shared.verbose > 0 { requests(&diagnosis) } else { String::new() };
        human(&diagnosis, command.fix) + &requests
    });
    let is_proven = diagnosis.proof.as_ref().is_none_or(|run| run.proven);
    Ok(match diagnosis.has_credentials {
        false => Ending::Stopped(ErrorCode::NoCredentials),
        true if diagnosis.healthy && is_proven && diagnosis.repair_failed.is_none() => Ending::Done,
        true => Ending::No,
    })
}

/// Causes first, then what is suspect, then what cannot be told; what is healthy is counted.
fn human(diagnosis: &DiagnosisView, is_fixing: bool) -> String {
    let repaired: String = diagnosis.repaired.iter().map(repaired).collect();
    let failed = diagnosis.repair_failed.as_ref().map(|why| format!("✕ {why}\n")).unwrap_or_default();
    let proof = diagnosis.proof.as_ref().map(|run| {
        let word = if run.proven { "✓ Proven again" } else { "✕ Not proven" };
        format!("{word}: {} published, {} read back identical.\n", run.published, run.counts.delivered)
    });
    let of = |outcome: CheckOutcome| diagnosis.checks.iter().filter(move |check| check.outcome == outcome);
    let told: String = [CheckOutcome::Cause, CheckOutcome::Suspect, CheckOutcome::Unknown].into_iter().flat_map(of).map(check).collect();
    let healthy = of(CheckOutcome::Healthy).count();
    let hint = match of(CheckOutcome::Cause).any(|check| check.repair.is_some()) {
        true if !is_fixing => format!("Repair it with: waybill doctor \"{}\" --fix\n", diagnosis.action),
        _ => String::new(),
    };
    format!(
        "{repaired}{failed}{}{told}{}\n{healthy} of {} checks are healthy; {} AWS calls, {} ms.\n{hint}",
        proof.unwrap_or_default(),
        diagnosis.sentence,
        diagnosis.checks.len(),
        diagnosis.calls,
        diagnosis.duration_ms,
    )
}

/// Every request, when it left and how long it took.
fn requests(diagnosis: &DiagnosisView) -> String {
    let line = |request: &RequestView| {
        let id = request.request_id.as_ref().map(|id| format!("  request {id}")).unwrap_or_default();
        let refused = request.refused.as_ref().map(|why| format!("  {why}")).unwrap_or_default();
        format!("  {:>5} ms  +{:<4} ms  {}{refused}{id}\n", request.began_ms, request.took_ms, request.call)
    };
    diagnosis.requests.iter().map(line).collect()
}

fn check(check: &CheckView) -> String {
    let mark = match check.outcome {
        CheckOutcome::Cause => "✕",
        CheckOutcome::Suspect => "!",
        CheckOutcome::Unknown => "?",
        CheckOutcome::Healthy => "✓",
    };
    let head = format!("{mark} {}  {}\n", check.id, check.explanation);
    if check.outcome == CheckOutcome::Unknown {
        return head;
    }
    let evidence = check.evidence.iter().map(|evidence| {
        let source = match (&evidence.call, &evidence.request_id) {
            (Some(call), Some(id)) => format!("  [{call}, request {id}]"),
            (Some(call), None) => format!("  [{call}]"),
            (None, _) => String::new(),
        };
        format!("    {}: {}{source}\n", evidence.what, short(&evidence.value))
    });
    let repair = check
        .repair
        .as_ref()
        .map(|repair| format!("    Repair: {}\n{}", repair.sentence, repair.steps.iter().map(step).collect::<String>()));
    format!("{head}{}{}", evidence.collect::<String>(), repair.unwrap_or_default())
}

fn repaired(repaired: &RepairedView) -> String {
    format!("✓ {} repaired: {}\n{}", repaired.id, repaired.sentence, repaired.steps.iter().map(step).collect::<String>())
}

fn step(step: &RepairStepView) -> String {
    let changed = step.difference.iter().filter(|line| line.sign != " ").map(|line| format!("        {} {}\n", line.sign, line.text));
    format!("      {}\n{}", step.call, changed.collect::<String>())
}

fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
