import { lazy, Suspense, useContext, useState, type ReactNode } from "react";
import AppLayoutToolbar from "@cloudscape-design/components/app-layout-toolbar";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import Flashbar from "@cloudscape-design/components/flashbar";
import { FlashContext } from "../../notify/FlashContext";
import { useLocation } from "../../router/location";
import { paths } from "../../router/paths";
import { useFollow } from "../../router/useFollow";
import { TourFoot } from "../../tour/TourFoot";
import { useOwnCommands } from "../commands/CommandsContext";
import { useSettings } from "../settings/SettingsContext";
import { FrameContext, type FrameOptions } from "./FrameContext";
import { Navigation } from "./Navigation";
import { Strip } from "./strip/Strip";
import { useNavigationOpen, WIDE } from "./useNavigationOpen";

const PresenterBar = lazy(() => import("../presenter/PresenterBar"));

const HOME = { text: "Waybill", href: paths.overview() };

/** Strip, navigation, breadcrumbs, notices, help and split panel around the page. */
export function Frame({ children }: { children: ReactNode }) {
  const [options, setOptions] = useState<FrameOptions>({ crumbs: [] });
  const { view } = useLocation();
  const [navigationOpen, setNavigationOpen] = useNavigationOpen(options.narrowNavigation ?? false);
  const [helpOpen, setHelpOpen] = useState(() => window.matchMedia(WIDE).matches);
  const [splitSize, setSplitSize] = useState(firstSplitSize);
  useOwnCommands("frame", [{ id: "navigation", group: "View", title: "Open or close the navigation", keys: "Mod+B", words: "sidebar", run: () => setNavigationOpen(!navigationOpen) }]);
  const flashes = useContext(FlashContext);
  const { presenter } = useSettings().settings;
  return (
    <>
      <a className="wb-skip" href="#content" onClick={skipToContent}>Skip to content</a>
      <Strip />
      <AppLayoutToolbar
        headerSelector="#strip"
        footerSelector="#foot"
        navigationOpen={navigationOpen}
        navigationWidth={212}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        navigation={<Navigation view={view} onChosen={() => !window.matchMedia(WIDE).matches && setNavigationOpen(false)} />}
        breadcrumbs={<BreadcrumbGroup items={[HOME, ...options.crumbs]} onFollow={useFollow()} ariaLabel="Breadcrumbs" />}
        contentType={options.contentType}
        notifications={<Flashbar items={flashes} stackItems />}
        stickyNotifications
        toolsHide={!options.help}
        tools={options.help}
        toolsOpen={Boolean(options.help) && helpOpen}
        toolsWidth={270}
        onToolsChange={({ detail }) => setHelpOpen(detail.open)}
        splitPanel={options.split}
        splitPanelOpen={Boolean(options.split)}
        splitPanelSize={splitSize}
        onSplitPanelResize={({ detail }) => setSplitSize(detail.size)}
        onSplitPanelToggle={({ detail }) => !detail.open && options.onSplitClose?.()}
        ariaLabels={LABELS}
        content={<div id="content" tabIndex={-1}><FrameContext value={setOptions}>{children}</FrameContext></div>}
      />
      <TourFoot />
      {presenter && <Suspense><PresenterBar /></Suspense>}
    </>
  );
}

/** A third of the window, so that rows stay in sight above it. */
const firstSplitSize = () => Math.max(210, Math.min(280, Math.round(window.innerHeight * 0.35)));

const LABELS = {
  navigation: "Views",
  navigationToggle: "Open the navigation",
  navigationClose: "Close the navigation",
  notifications: "Notices",
  tools: "Help",
  toolsToggle: "Open help",
  toolsClose: "Close help",
};

function skipToContent(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}
