import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import { paths } from "../../router/paths";
import { useFollow } from "../../router/useFollow";

const ITEMS: SideNavigationProps.Item[] = [
  { type: "link", text: "Overview", href: paths.overview() },
  { type: "link", text: "Alert sources", href: paths.sources() },
  { type: "link", text: "Alert actions", href: paths.actions() },
  { type: "link", text: "Set up", href: paths.setup() },
  { type: "link", text: "Publish", href: paths.publish() },
  { type: "link", text: "Deliveries", href: paths.deliveries() },
  { type: "divider" },
  { type: "link", text: "Connections & sandbox", href: paths.connections() },
];

/** The views, as links. */
export function Navigation({ view }: { view: string }) {
  return <SideNavigation activeHref={`#/${view}`} items={ITEMS} onFollow={useFollow()} />;
}
