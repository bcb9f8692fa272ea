import { useLocation } from "../../router/location";
import { SourceList } from "./components/SourceList";
import { SourceView } from "./components/SourceView";

/** The alert sources, or one of them. */
export default function SourcesPage() {
  const [id] = useLocation().rest;
  return <div data-testid="view-sources">{id === undefined ? <SourceList /> : <SourceView key={id} id={Number(id)} />}</div>;
}
