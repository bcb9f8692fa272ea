import { invoke, type InvokeArgs } from "@tauri-apps/api/core";
import { toIpcError } from "./error";
import { maskAnswer } from "./mask";

/** Calls one command of the desktop; a rejection becomes an `IpcError`. */
export async function call<T>(command: string, args?: InvokeArgs): Promise<T> {
  try {
    return maskAnswer(command, await invoke<T>(command, args));
  } catch (cause) {
    throw toIpcError(cause);
  }
}
