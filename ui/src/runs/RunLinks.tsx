import type { RunSummary } from "../ipc/bindings/RunSummary";
import { Link } from "../kit/Link";
import { paths } from "../router/paths";
import "./runs.css";

/** Where a run leads to: its deliveries and, where it ended without being proven, the doctor. */
export function RunLinks({ run, small = false }: { run: RunSummary; small?: boolean }) {
  const fontSize = small ? "body-s" : undefined;
  return (
    <span className="run-links">
      {run.state !== "running" && !run.proven && <Link fontSize={fontSize} href={paths.doctor(run.action_id, { run: run.run_id })}>Ask the doctor</Link>}
      <Link fontSize={fontSize} href={paths.deliveries(run.run_id)}>See its deliveries</Link>
    </span>
  );
}
