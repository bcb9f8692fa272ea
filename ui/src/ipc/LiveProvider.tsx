import { useEffect, useState, type ReactNode } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { Channel } from "@tauri-apps/api/core";
import { useNotify } from "../notify/NotifyContext";
import { call } from "./call";
import { toIpcError } from "./error";
import { applyLive } from "./liveCache";
import { maskValue } from "./mask";
import { LiveContext, LiveHub, type LiveBatch } from "./LiveContext";

/** Opens the one channel on which the desktop reports what happens, and keeps the query cache true by it. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [hub] = useState(() => new LiveHub());
  const queries = useQueryClient();
  const notify = useNotify();
  useEffect(() => hub.listen((batch) => applyLive(queries, batch)), [hub, queries]);
  useEffect(() => {
    const channel = new Channel<LiveBatch>((batch) => hub.publish(maskValue(batch)));
    call<null>("subscribe", { channel }).catch((cause: unknown) =>
      notify.fail("Live updates are not available", toIpcError(cause), "live"),
    );
    return () => {
      channel.onmessage = () => undefined;
    };
  }, [hub, notify]);
  return <LiveContext value={hub}>{children}</LiveContext>;
}
