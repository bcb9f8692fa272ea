import type { ErrorCode } from "./bindings/ErrorCode";

/** What a rejected command carries, as the Rust side sends it. */
export interface Failure {
  code: ErrorCode;
  message: string;
  detail?: string | null;
}

/** A command that was refused or that failed, with the words meant for the reader. */
export class IpcError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | null;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = "IpcError";
    this.code = failure.code;
    this.detail = failure.detail ?? null;
  }
}

function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}

/** Gives any rejection a code and a sentence, so that views handle one shape only. */
export function toIpcError(cause: unknown): IpcError {
  if (cause instanceof IpcError) return cause;
  if (isFailure(cause)) return new IpcError(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  return new IpcError({ code: "broken", message });
}
