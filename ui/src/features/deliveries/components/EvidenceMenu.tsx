import ButtonDropdown, { type ButtonDropdownProps } from "@cloudscape-design/components/button-dropdown";
import type { ReportFormat } from "../../../ipc/bindings/ReportFormat";
import { useEvidence } from "../../../runs/useEvidence";

const FORMATS: readonly (ButtonDropdownProps.Item & { id: ReportFormat })[] = [
  { id: "html", text: "Save as HTML", secondaryText: "One file for a change ticket; says when it was altered" },
  { id: "json", text: "Save as JSON", secondaryText: "As waybill runs show prints it" },
  { id: "junit", text: "Save as JUnit", secondaryText: "A test case for each event" },
];

/** The report of a closed run, as a file to hand over. */
export function EvidenceMenu({ runId }: { runId: string }) {
  const save = useEvidence(runId);
  return (
    <ButtonDropdown items={FORMATS} loading={save.isPending} expandToViewport onItemClick={({ detail }) => save.mutate(detail.id as ReportFormat)} data-testid="evidence">
      Evidence
    </ButtonDropdown>
  );
}
