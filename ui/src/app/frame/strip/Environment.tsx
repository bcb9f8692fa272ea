import Icon from "@cloudscape-design/components/icon";
import { paths } from "../../../router/paths";
import { useEnvironment } from "../../../ipc/queries/useEnvironment";
import { hueOf } from "./hue";

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
      <span className="strip-pair"><em>Account</em><b>{data.account}</b></span>
      <span className="strip-pair"><em>Region</em><b>{data.region}</b></span>
      <span className="strip-pair">
        <Icon name={data.writable ? "unlocked" : "lock-private"} size="small" />
        <b>{data.writable ? "Writes allowed" : "Read only"}</b>
      </span>
    </>
  );
}
