//! From plans and observations to what is shown.

use waybill_domain::Timestamp;
use waybill_setup::{ChainRecord, Link, Observed, SetupError, Step, StepId, chain_state};
use waybill_store::ActionRow;

use crate::Error;
use crate::view::{LinkState, LinkView, Replacement, StepStatus, StepView};

/// One AWS call.
pub(super) fn step(step: &Step) -> StepView {
    StepView {
        id: step.id.to_string(),
        group: step.id.page().as_str().to_owned(),
        call: step.call.to_string(),
        summary: step.summary.clone(),
        writes: step.writes(),
        status: match step.status {
            waybill_setup::StepStatus::Planned => StepStatus::Planned,
            waybill_setup::StepStatus::Running => StepStatus::Running,
            waybill_setup::StepStatus::Found => StepStatus::Found,
            waybill_setup::StepStatus::Done => StepStatus::Done,
            waybill_setup::StepStatus::Skipped => StepStatus::Skipped,
            waybill_setup::StepStatus::Blocked | waybill_setup::StepStatus::Failed => StepStatus::Failed,
        },
        finding: step.finding.clone(),
        input: serde_json::to_string_pretty(&step.input).unwrap_or_default(),
        request_id: step.request_id.clone(),
        replaces: step.replaces.as_ref().map(|it| Replacement { before: it.before.clone(), after: it.after.clone() }),
    }
}

/// What must be known beside the steps.
pub(super) fn notes(steps: &[Step]) -> Vec<String> {
    let told = |step: &&Step| match step.status {
        waybill_setup::StepStatus::Skipped => step.id == StepId::Permission,
        waybill_setup::StepStatus::Blocked => true,
        _ => false,
    };
    steps.iter().filter(told).map(|step| step.finding.clone()).collect()
}

/// The six links, alert source first.
pub(crate) fn links(action: &ActionRow, record: &ChainRecord, observed: &Observed, now: Timestamp) -> Vec<LinkView> {
    chain_state(&action.action, record, observed, now).into_iter().map(link).collect()
}

fn link(link: Link) -> LinkView {
    LinkView {
        kind: link.kind.as_str().to_owned(),
        label: link.kind.label().to_owned(),
        name: link.name,
        arn: link.arn,
        state: match link.state {
            waybill_setup::LinkState::Ok => LinkState::Ok,
            waybill_setup::LinkState::Pending => LinkState::Pending,
            waybill_setup::LinkState::Broken => LinkState::Broken,
            waybill_setup::LinkState::None => LinkState::None,
        },
        word: link.word,
        sentence: link.sentence,
        page: None,
    }
}

/// A chain could not be read.
pub(crate) fn setup_error(error: SetupError) -> Error {
    match error {
        SetupError::Call(call) => Error::Aws(call),
        SetupError::Elsewhere(elsewhere) => Error::Refused(elsewhere.to_string()),
    }
}
