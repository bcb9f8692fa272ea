import { paths } from "../router/paths";

export interface View {
  id: string;
  text: string;
  href: string;
  /** Keys of their own, for views beyond the ninth. */
  keys?: string;
  /** Stands below the line in the navigation. */
  apart?: boolean;
}

/** The views in the order of the navigation; Ctrl and a figure open the first nine. */
export const VIEWS: readonly View[] = [
  { id: "overview", text: "Overview", href: paths.overview() },
  { id: "sources", text: "Alert sources", href: paths.sources() },
  { id: "actions", text: "Alert actions", href: paths.actions() },
  { id: "setup", text: "Set up", href: paths.setup() },
  { id: "publish", text: "Publish", href: paths.publish() },
  { id: "deliveries", text: "Deliveries", href: paths.deliveries() },
  { id: "doctor", text: "Doctor", href: paths.doctor() },
  { id: "activity", text: "Activity", href: paths.activity() },
  { id: "connections", text: "Connections & sandbox", href: paths.connections(), apart: true },
  { id: "settings", text: "Settings", href: paths.settings(), keys: "Mod+,", apart: true },
];
