import { useCallback, useMemo, useRef, useState, type ReactNode } from "react";
import type { FlashbarProps } from "@cloudscape-design/components/flashbar";
import { NotifyContext, type Notice, type Notify } from "./NotifyContext";
import { FlashContext } from "./FlashContext";
import { failureFlash, noticeFlash } from "./flash";

/** Keeps the notices; the frame shows them above the page. */
export function NotifyProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<FlashbarProps.MessageDefinition[]>([]);
  const counter = useRef(0);

  const dismiss = useCallback((id: string) => setItems((all) => all.filter((item) => item.id !== id)), []);
  const put = useCallback(
    (flash: FlashbarProps.MessageDefinition, wanted?: string) => {
      const id = wanted ?? `notice-${++counter.current}`;
      const full = { ...flash, id, dismissible: true, dismissLabel: "Dismiss", onDismiss: () => dismiss(id) };
      setItems((all) => [full, ...all.filter((item) => item.id !== id)]);
      return id;
    },
    [dismiss],
  );
  const notify = useMemo<Notify>(
    () => ({
      show: (notice: Notice) => put(noticeFlash(notice), notice.id),
      fail: (header, error, id) => put(failureFlash(header, error), id),
      dismiss,
    }),
    [dismiss, put],
  );
  return (
    <NotifyContext value={notify}>
      <FlashContext value={items}>{children}</FlashContext>
    </NotifyContext>
  );
}
