import type { CheckView } from "../../../ipc/bindings/CheckView";
import type { DiagnosisView } from "../../../ipc/bindings/DiagnosisView";
import { formatDuration } from "../../../kit/format";
import { OUTCOMES } from "./outcomes";

/** A diagnosis as text for a ticket: what needs a look with its evidence, then what is healthy by name. */
export function reportText(diagnosis: DiagnosisView, checkedAt: Date): string {
  const healthy = diagnosis.checks.filter((check) => check.outcome === "healthy");
  const others = diagnosis.checks.filter((check) => check.outcome !== "healthy");
  return [
    `Diagnosis of ${diagnosis.action}, ${checkedAt.toISOString()}`,
    diagnosis.sentence,
    `${diagnosis.checks.length} checks, ${diagnosis.calls} AWS calls, ${formatDuration(diagnosis.duration_ms)}`,
    ...others.map(checkText),
    healthy.length > 0 ? `Healthy: ${healthy.map((check) => check.id).join(", ")}` : null,
  ].filter((part) => part !== null).join("\n\n");
}

function checkText(check: CheckView): string {
  const evidence = check.evidence.map(({ what, value, call, request_id }) => `  ${what}: ${value}${call ? ` (${call}${request_id ? `, request ${request_id}` : ""})` : ""}`);
  const steps = check.repair?.steps.map((step) => `  ${step.call} ${step.input.replace(/\s+/g, " ")}`) ?? [];
  const repair = check.repair ? [`  Repair: ${check.repair.sentence}`, ...steps] : [];
  return [`${OUTCOMES[check.outcome].word}: ${check.question} (${check.id})`, `  ${check.explanation}`, ...evidence, ...repair].join("\n");
}
