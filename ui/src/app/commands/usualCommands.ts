import { useMemo } from "react";
import { useQueryClient } from "@tanstack/react-query";
import type { Density } from "../../ipc/bindings/Density";
import type { Theme } from "../../ipc/bindings/Theme";
import { navigate } from "../../router/location";
import { paths } from "../../router/paths";
import { useSettings } from "../settings/SettingsContext";
import { VIEWS } from "../views";
import type { Command } from "./command";

const ZOOM_STEP = 10;
const ZOOM_RANGE = [50, 200] as const;

interface Dialogs {
  openPalette: () => void;
  openCheatSheet: () => void;
}

/** What can be done in every view. */
export function useUsualCommands(dialogs: Dialogs): readonly Command[] {
  const { settings, change } = useSettings();
  const queries = useQueryClient();
  const { openPalette, openCheatSheet } = dialogs;
  return useMemo(() => {
    const zoom = (to: number) => change({ zoom: Math.max(ZOOM_RANGE[0], Math.min(ZOOM_RANGE[1], to)) });
    const theme = (value: Theme, title: string): Command => ({ id: `theme-${value}`, group: "View", title, words: "theme colour mode", run: () => change({ theme: value }) });
    const density = (value: Density, title: string): Command => ({ id: `density-${value}`, group: "View", title, words: "density room", run: () => change({ density: value }) });
    return [
      ...VIEWS.map((view, at): Command => ({ id: `go-${view.id}`, group: "Go to", title: view.text, keys: at < 9 ? `Mod+${at + 1}` : view.keys, run: () => navigate(view.href) })),
      { id: "new-action", group: "Do", title: "Create alert action", words: "new", run: () => navigate(paths.newAction()) },
      { id: "new-setup", group: "Do", title: "Set up a chain step by step", words: "wizard new", run: () => navigate(paths.newSetup()) },
      { id: "rules-matching", group: "Go to", title: "Which rules would an event match?", words: "doctor pattern test event", run: () => navigate(paths.doctor(undefined, { tab: "rules" })) },
      { id: "read-again", group: "Do", title: "Read everything again", keys: "Mod+R", words: "refresh reload", run: () => void queries.invalidateQueries() },
      theme("light", "Light theme"),
      theme("dark", "Dark theme"),
      theme("system", "Theme as the system"),
      density("compact", "Compact"),
      density("comfortable", "Comfortable"),
      { id: "presenter", group: "View", title: settings.presenter ? "End presenter mode" : "Presenter mode", words: "demo present story mask larger", run: () => change({ presenter: !settings.presenter }) },
      { id: "zoom-in", group: "View", title: "Larger", keys: "Mod++", words: "zoom in", run: () => zoom(settings.zoom + ZOOM_STEP) },
      { id: "zoom-out", group: "View", title: "Smaller", keys: "Mod+-", words: "zoom out", run: () => zoom(settings.zoom - ZOOM_STEP) },
      { id: "zoom-usual", group: "View", title: "Usual size", keys: "Mod+0", words: "zoom reset", run: () => zoom(100) },
      { id: "palette", group: "View", title: "Find a command", keys: "Mod+K", words: "palette", run: openPalette },
      { id: "cheat-sheet", group: "View", title: "Keyboard shortcuts", keys: "?", words: "help keys cheat sheet", run: openCheatSheet },
    ];
  }, [change, openCheatSheet, openPalette, queries, settings.presenter, settings.zoom]);
}
