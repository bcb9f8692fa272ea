import type { ReactNode } from "react";
import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import { useCauses } from "../../ipc/queries/useCauses";
import { usePoller } from "../../ipc/queries/usePoller";
import { useFollow } from "../../router/useFollow";
import { VIEWS, type View } from "../views";

const LIVE = <span className="nav-live">live</span>;

const causesBadge = (count: number) => <span className="nav-causes" aria-label={count === 1 ? "1 chain with a cause" : `${count} chains with a cause`} role="img">{count}</span>;

/** What is said beside a view, by its id. */
type Notes = Readonly<Record<string, ReactNode>>;

const item = ({ id, text, href }: View, notes: Notes): SideNavigationProps.Item => ({ type: "link", text, href, info: notes[id] });

const items = (notes: Notes): SideNavigationProps.Item[] => [
  ...VIEWS.filter((view) => !view.apart).map((view) => item(view, notes)),
  { type: "divider" },
  ...VIEWS.filter((view) => view.apart).map((view) => item(view, notes)),
];

/** The views, as links. */
export function Navigation({ view, onChosen }: { view: string; onChosen: () => void }) {
  const follow = useFollow();
  const live = usePoller().data?.polling ?? false;
  const causes = useCauses();
  const notes = { deliveries: live ? LIVE : undefined, doctor: causes > 0 ? causesBadge(causes) : undefined };
  return <SideNavigation data-testid="navigation" activeHref={`#/${view}`} items={items(notes)} onFollow={(event) => { follow(event); onChosen(); }} />;
}
