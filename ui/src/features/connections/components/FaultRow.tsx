import Toggle from "@cloudscape-design/components/toggle";
import type { FaultView } from "../../../ipc/bindings/FaultView";

interface FaultRowProps {
  fault: FaultView;
  disabled: boolean;
  onChange: (on: boolean) => void;
}

/** One fault: what it does, which check should name it, and its switch. */
export function FaultRow({ fault, disabled, onChange }: FaultRowProps) {
  return (
    <div className={`fault${fault.active ? " fault-active" : ""}`} data-testid={`fault-${fault.id}`} data-active={fault.active} data-hotspot={`fault-${fault.id}`}>
      <Toggle checked={fault.active} disabled={disabled} onChange={({ detail }) => onChange(detail.checked)} description={found(fault)}>
        {fault.sentence}
      </Toggle>
    </div>
  );
}

/** Which check should find it, and when. */
function found({ check, needs_proof: afterProof, active }: FaultView): string {
  const state = active ? "Active. " : "";
  if (check === null) return `${state}No check names it: the chain is sound, the verdicts of a run tell.`;
  return `${state}Should be found by ${check}${afterProof ? ", once something was published" : ""}.`;
}
