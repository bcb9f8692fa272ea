import { lazy, type ComponentType } from "react";

/** The page of every view; each page reads the rest of its address with `useLocation`. */
export const ROUTES: Record<string, ComponentType> = {
  overview: lazy(() => import("../features/overview/OverviewPage")),
  sources: lazy(() => import("../features/sources/SourcesPage")),
  actions: lazy(() => import("../features/actions/ActionsPage")),
  setup: lazy(() => import("../features/setup/SetupPage")),
  publish: lazy(() => import("../features/publish/PublishPage")),
  deliveries: lazy(() => import("../features/deliveries/DeliveriesPage")),
  doctor: lazy(() => import("../features/doctor/DoctorPage")),
  activity: lazy(() => import("../features/activity/ActivityPage")),
  settings: lazy(() => import("../features/settings/SettingsPage")),
  connections: lazy(() => import("../features/connections/ConnectionsPage")),
};
