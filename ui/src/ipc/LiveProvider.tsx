import { useEffect, useState, type ReactNode } from "react";
import { Channel } from "@tauri-apps/api/core";
import { useNotify } from "../notify/NotifyContext";
import { call } from "./call";
import { toIpcError } from "./error";
import { LiveContext, LiveHub, type LiveBatch } from "./LiveContext";

/** Opens the one channel on which the desktop reports what happens. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [hub] = useState(() => new LiveHub());
  const notify = useNotify();
  useEffect(() => {
    const channel = new Channel<LiveBatch>(hub.publish);
    call<void>("subscribe", { channel }).catch((cause: unknown) =>
      notify.fail("Live updates are not available", toIpcError(cause), "live"),
    );
    return () => {
      channel.onmessage = () => undefined;
    };
  }, [hub, notify]);
  return <LiveContext value={hub}>{children}</LiveContext>;
}
