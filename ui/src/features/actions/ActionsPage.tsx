import { useLocation } from "../../router/location";
import { ActionList } from "./components/ActionList";
import { EditAction } from "./components/EditAction";
import { NewAction } from "./components/NewAction";

/** The alert actions, one of them, or a new one. */
export default function ActionsPage() {
  const { rest, query } = useLocation();
  const [id] = rest;
  const view = () => {
    if (id === undefined) return <ActionList />;
    if (id === "new") return <NewAction key={query.toString()} sourceId={query.get("source")} copyOf={query.get("copy")} />;
    return <EditAction key={id} id={id} />;
  };
  return <div data-testid="view-actions">{view()}</div>;
}
