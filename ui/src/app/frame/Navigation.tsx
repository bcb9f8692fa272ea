import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import { usePoller } from "../../ipc/queries/usePoller";
import { paths } from "../../router/paths";
import { useFollow } from "../../router/useFollow";

const LIVE = <span className="nav-live">live</span>;

const items = (live: boolean): SideNavigationProps.Item[] => [
  { type: "link", text: "Overview", href: paths.overview() },
  { type: "link", text: "Alert sources", href: paths.sources() },
  { type: "link", text: "Alert actions", href: paths.actions() },
  { type: "link", text: "Set up", href: paths.setup() },
  { type: "link", text: "Publish", href: paths.publish() },
  { type: "link", text: "Deliveries", href: paths.deliveries(), info: live ? LIVE : undefined },
  { type: "divider" },
  { type: "link", text: "Connections & sandbox", href: paths.connections() },
];

/** The views, as links. */
export function Navigation({ view }: { view: string }) {
  const live = usePoller().data?.polling ?? false;
  return <SideNavigation data-testid="navigation" activeHref={`#/${view}`} items={items(live)} onFollow={useFollow()} />;
}
