//! From a diagnosis to what is shown.

use sha2::{Digest, Sha256};
use waybill_diagnosis::{
    Asked, Check, CheckId, Diagnosis, Evidence, Outcome, Repair, RepairStep, Session, StepState, Write, policy_difference,
};
use waybill_store::ActionRow;

use super::Looked;
use crate::view::{
    CheckEvidence, CheckOutcome, CheckView, DiagnosisView, DifferenceLine, RepairStepView, RepairView, RepairedView, RequestView,
    UndoableView,
};

/// The whole diagnosis.
pub(super) fn diagnosis(row: &ActionRow, looked: &Looked, undoable: Option<&Session>) -> DiagnosisView {
    let diagnosis = &looked.diagnosis;
    let requests: Vec<RequestView> = diagnosis.seen.requests.iter().map(|asked| request(asked, looked)).collect();
    DiagnosisView {
        schema: "waybill.diagnosis/1".to_owned(),
        action: row.action.settings.name.to_string(),
        healthy: diagnosis.is_healthy(),
        sentence: sentence(diagnosis),
        checks: diagnosis.checks.iter().map(check).collect(),
        calls: requests.len() as u32,
        duration_ms: looked.ended_at.millis_since(looked.began_at),
        requests,
        repaired: Vec::new(),
        repair_failed: None,
        proof: None,
        undoable: undoable.map(undoable_view),
        has_credentials: diagnosis.causes().all(|check| check.id != CheckId::Credentials),
    }
}

/// What can be taken back.
pub(crate) fn undoable_view(session: &Session) -> UndoableView {
    let steps = session.steps.iter().filter(|one| one.state != StepState::Undone).map(|one| step(&one.step));
    UndoableView { began_at: session.began_at, steps: steps.collect() }
}

/// Stands for exactly the requests of this repair.
pub(super) fn plan(repair: &Repair) -> String {
    let requests: Vec<_> = repair.steps.iter().map(|step| (step.write.call(), step.write.input(), step.inverse.input())).collect();
    hex::encode(Sha256::digest(serde_json::to_vec(&requests).unwrap_or_default()))
}

fn request(asked: &Asked, looked: &Looked) -> RequestView {
    RequestView {
        call: asked.call.to_string(),
        began_ms: asked.began_at.millis_since(looked.began_at),
        took_ms: asked.ended_at.unwrap_or(looked.ended_at).millis_since(asked.began_at),
        request_id: asked.request_id.clone(),
        refused: asked.refused.clone(),
    }
}

/// A cause that was repaired.
pub(super) fn repaired(check: &Check) -> RepairedView {
    let steps = check.repair.iter().flat_map(|repair| &repair.steps).map(step).collect();
    let sentence = check.repair.as_ref().map(|repair| repair.sentence.clone()).unwrap_or_default();
    RepairedView { id: check.id.to_string(), explanation: check.explanation.clone(), sentence, steps }
}

fn sentence(diagnosis: &Diagnosis) -> String {
    let causes: Vec<String> = diagnosis.causes().map(|check| check.id.to_string()).collect();
    let count = |outcome: Outcome| diagnosis.checks.iter().filter(|check| check.outcome == outcome).count();
    let unknown = match count(Outcome::Unknown) {
        0 => String::new(),
        1 => " One check cannot be told.".to_owned(),
        many => format!(" {many} checks cannot be told."),
    };
    match (causes.as_slice(), count(Outcome::Suspect)) {
        ([], 0) => format!("The chain is sound: no cause was found.{unknown}"),
        ([], _) => format!("No cause was found, but something is worth a look.{unknown}"),
        ([one], _) => format!("Events do not arrive because of `{one}`.{unknown}"),
        (many, _) => format!("Events do not arrive because of {} causes: {}.{unknown}", many.len(), many.join(", ")),
    }
}

/// One check.
pub(super) fn check(check: &Check) -> CheckView {
    CheckView {
        id: check.id.to_string(),
        place: check.id as u32,
        question: check.id.question().to_owned(),
        outcome: match check.outcome {
            Outcome::Healthy => CheckOutcome::Healthy,
            Outcome::Cause => CheckOutcome::Cause,
            Outcome::Suspect => CheckOutcome::Suspect,
            Outcome::Unknown => CheckOutcome::Unknown,
        },
        evidence: check.evidence.iter().map(evidence).collect(),
        explanation: check.explanation.clone(),
        repair: check.repair.as_ref().map(repair),
    }
}

fn evidence(evidence: &Evidence) -> CheckEvidence {
    let Evidence { what, value, call, request_id } = evidence.clone();
    CheckEvidence { what, value, call, request_id }
}

/// A repair as it is read before it is made.
pub(crate) fn repair(repair: &Repair) -> RepairView {
    RepairView { plan: plan(repair), sentence: repair.sentence.clone(), steps: repair.steps.iter().map(step).collect() }
}

fn step(step: &RepairStep) -> RepairStepView {
    let (service, operation) = step.write.call();
    let (before, after) = (change(&step.inverse), change(&step.write));
    let difference = policy_difference(&before, &after).into_iter();
    let pretty = |input: serde_json::Value| serde_json::to_string_pretty(&input).unwrap_or_default();
    RepairStepView {
        call: format!("{service}:{operation}"),
        input: pretty(step.write.input()),
        undo_call: format!("{}:{}", step.inverse.call().0, step.inverse.call().1),
        undo_input: pretty(step.inverse.input()),
        difference: difference.map(|(sign, text)| DifferenceLine { sign: sign.to_string(), text }).collect(),
        before,
        after,
    }
}

/// What a request leaves behind, as JSON: for a policy the policy itself.
fn change(write: &Write) -> String {
    match write {
        Write::SetQueueAttributes { attributes, .. } => match attributes.get("Policy") {
            Some(policy) => policy.clone(),
            None => serde_json::to_string(attributes).unwrap_or_default(),
        },
        Write::PutKeyPolicy { policy, .. } => policy.clone(),
        Write::EnableKey { .. } => r#"{"KeyState":"Enabled"}"#.to_owned(),
        Write::DisableKey { .. } => r#"{"KeyState":"Disabled"}"#.to_owned(),
        Write::PutTargets { target, .. } => target.input().to_string(),
        Write::PutRule(_) => write.input().to_string(),
        Write::CreateEventBus { .. } | Write::CreateQueue { .. } => write.input().to_string(),
        Write::EnableRule { .. } => r#"{"State":"ENABLED"}"#.to_owned(),
        Write::DisableRule { .. } => r#"{"State":"DISABLED"}"#.to_owned(),
        Write::ActivateEventSource { .. } => r#"{"State":"ACTIVE"}"#.to_owned(),
        Write::DeactivateEventSource { .. } => r#"{"State":"PENDING"}"#.to_owned(),
        Write::DeleteEventBus { .. } | Write::DeleteRule { .. } | Write::RemoveTargets { .. } | Write::DeleteQueue { .. } => String::new(),
    }
}
