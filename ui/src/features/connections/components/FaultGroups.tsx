import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import type { FaultView } from "../../../ipc/bindings/FaultView";
import { Link } from "../../../kit/Link";
import { useInjectFault, useRetractFault } from "../../../faults/faults";
import { useNotify } from "../../../notify/NotifyContext";
import { paths } from "../../../router/paths";
import { groupFaults, inTwo } from "../model/faultGroups";
import { FaultRow } from "./FaultRow";

/** Every fault, grouped along the chain, each with a switch. */
export function FaultGroups({ action, faults }: { action: AlertActionView; faults: readonly FaultView[] }) {
  const inject = useInjectFault();
  const retract = useRetractFault();
  const notify = useNotify();
  const working = inject.isPending || retract.isPending;
  const set = (fault: FaultView, on: boolean) => {
    const write = on ? inject : retract;
    write.mutate({ actionId: action.id, fault: fault.id }, { onError: (error) => notify.fail(on ? "The chain was not broken" : "The fault was not taken back", error, "faults") });
  };
  const active = faults.filter((fault) => fault.active).length;
  return (
    <>
      <div className="fault-sum" role="status">
        {active === 0 ? `Nothing of ${action.name} is broken on purpose.` : `${active} of ${faults.length} faults are active for ${action.name}.`}{" "}
        {active > 0 && <Link href={paths.doctor(action.id)} data-hotspot="ask-doctor">Ask the doctor</Link>}
      </div>
      <div className="fault-groups">
        {inTwo(groupFaults(faults)).map((column, index) => (
          <div key={index}>
            {column.map((group) => (
              <section key={group.name} aria-label={group.name}>
                <h3>{group.name}</h3>
                {group.faults.map((fault) => <FaultRow key={fault.id} fault={fault} disabled={working} onChange={(on) => set(fault, on)} />)}
              </section>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}
