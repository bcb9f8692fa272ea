import Icon from "@cloudscape-design/components/icon";
import { paths } from "../../../router/paths";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import type { WriteMode } from "../../../ipc/bindings/WriteMode";
import { TimeText } from "../../../kit/TimeText";
import { hueOf } from "./hue";

const MODES: Record<WriteMode, string> = { free: "Writes allowed", ask: "Asks before writing", read_only: "Read only" };

/** Which AWS is talked to, and whether it may be written to. */
export function Environment() {
  const { data, error } = useEnvironment();
  if (error) return <span role="alert">{`Which AWS this is could not be read: ${error.message}`}</span>;
  if (!data) return <span className="strip-quiet">Reading the connection…</span>;
  return (
    <>
      <a className="strip-badge" href={paths.connections()} style={{ background: hueOf(data) }} title={`Connection ${data.connection}`} data-testid="environment">
        {data.badge}
      </a>
      <span className="strip-pair"><em>Account</em><b title={data.trouble ?? data.arn ?? undefined}>{data.account || "not known"}</b></span>
      <span className="strip-pair"><em>Region</em><b>{data.region}</b></span>
      {data.credentials_until && <span className="strip-pair"><em>Credentials until</em><b><TimeText at={data.credentials_until} show="clock" /></b></span>}
      <span className="strip-pair">
        <Icon name={data.mode === "free" ? "unlocked" : "lock-private"} size="small" />
        <b>{MODES[data.mode]}</b>
      </span>
    </>
  );
}
