import { useEffect, useRef } from "react";
import { navigate } from "../../router/location";
import { paths } from "../../router/paths";

/** Ctrl and a figure open the views in the order of the navigation. */
const VIEWS = [paths.overview(), paths.sources(), paths.actions(), paths.setup(), paths.publish(), paths.deliveries(), paths.connections()];

/** The keys that work in every view: Ctrl+1 to Ctrl+7 and Ctrl+B; on macOS the command key. */
export function useViewKeys(toggleNavigation: () => void): void {
  const latest = useRef(toggleNavigation);
  useEffect(() => {
    latest.current = toggleNavigation;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const view = VIEWS[Number(event.key) - 1];
      if (view) navigate(view);
      if (event.key === "b") latest.current();
      if (view || event.key === "b") event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
