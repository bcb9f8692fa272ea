import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import { usePoller } from "../../ipc/queries/usePoller";
import { useFollow } from "../../router/useFollow";
import { VIEWS, type View } from "../views";

const LIVE = <span className="nav-live">live</span>;

const item = ({ id, text, href }: View, live: boolean): SideNavigationProps.Item => ({ type: "link", text, href, info: live && id === "deliveries" ? LIVE : undefined });

const items = (live: boolean): SideNavigationProps.Item[] => [
  ...VIEWS.filter((view) => !view.apart).map((view) => item(view, live)),
  { type: "divider" },
  ...VIEWS.filter((view) => view.apart).map((view) => item(view, live)),
];

/** The views, as links. */
export function Navigation({ view }: { view: string }) {
  const live = usePoller().data?.polling ?? false;
  return <SideNavigation data-testid="navigation" activeHref={`#/${view}`} items={items(live)} onFollow={useFollow()} />;
}
