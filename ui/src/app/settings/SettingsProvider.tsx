import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { WindowSettings } from "../../ipc/bindings/WindowSettings";
import { call } from "../../ipc/call";
import { toIpcError } from "../../ipc/error";
import { useNotify } from "../../notify/NotifyContext";
import { firstSettings, followSystem } from "./settings";
import { SettingsContext } from "./SettingsContext";

/** Holds the window's settings; the data folder keeps them. */
export function SettingsProvider({ children }: { children: ReactNode }) {
  const [settings, setSettings] = useState(firstSettings);
  const latest = useRef(settings);
  const notify = useNotify();
  useEffect(() => followSystem(settings), [settings]);
  useReadAgain(settings.presenter);
  const change = useCallback(
    (changes: Partial<WindowSettings>) => {
      const before = latest.current;
      const next = { ...before, ...changes };
      latest.current = next;
      setSettings(next);
      call<WindowSettings>("save_window_settings", { settings: next }).catch((cause: unknown) => {
        latest.current = before;
        setSettings(before);
        notify.fail("The settings were not saved", toIpcError(cause), "settings");
      });
    },
    [notify],
  );
  const value = useMemo(() => ({ settings, change }), [change, settings]);
  return <SettingsContext value={value}>{children}</SettingsContext>;
}

/** What was read before account ids were masked, or unmasked, is read again. */
function useReadAgain(presenter: boolean): void {
  const queries = useQueryClient();
  const before = useRef(presenter);
  useEffect(() => {
    if (before.current === presenter) return;
    before.current = presenter;
    void queries.invalidateQueries();
  }, [presenter, queries]);
}
