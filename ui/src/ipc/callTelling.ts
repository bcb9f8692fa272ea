import { Channel, type InvokeArgs } from "@tauri-apps/api/core";
import { call } from "./call";

/** Calls one command of the desktop that tells how far it is, on a channel of its own. */
export function callTelling<Answer, Progress>(command: string, args: InvokeArgs, tell: (progress: Progress) => void): Promise<Answer> {
  return call<Answer>(command, { ...args, channel: new Channel<Progress>(tell) });
}
