import { useQuery } from "@tanstack/react-query";
import Button from "@cloudscape-design/components/button";
import { Link } from "../kit/Link";
import { useNotify } from "../notify/NotifyContext";
import { paths } from "../router/paths";
import { FaultMark } from "./FaultMark";
import { activeFaultsQuery, useHasFaultLab, useResetFaults } from "./faults";

/** Says that chains are broken on purpose, where that is so, and puts them back; on the sandbox only. */
export function FaultStrip() {
  const here = useHasFaultLab();
  const active = useQuery({ ...activeFaultsQuery(), enabled: here }).data ?? [];
  const reset = useResetFaults();
  const notify = useNotify();
  if (!here || active.length === 0) return null;
  const names = [...new Set(active.map((fault) => fault.id))].join(", ");
  return (
    <div className="fault-strip" role="note" aria-label="Fault lab" data-testid="fault-strip">
      <FaultMark />
      <span>
        <b>{active.length === 1 ? "1 fault is active in the fault lab" : `${active.length} faults are active in the fault lab`}</b>
        <span className="fault-names">{names}</span>
      </span>
      <span className="wb-grow" />
      <Link href={paths.connections()} fontSize="body-s">Fault lab</Link>
      <Button
        loading={reset.isPending}
        onClick={() => reset.mutate(null, { onError: (error) => notify.fail("The faults were not reset", error, "faults") })}
        data-testid="reset-faults"
      >
        Reset
      </Button>
    </div>
  );
}
