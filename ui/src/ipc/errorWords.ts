import type { ErrorCode } from "./bindings/ErrorCode";

interface ErrorWords {
  /** Refused by state is a warning; broken is an error. */
  severity: "error" | "warning";
  /** What to do next, where the message does not say it itself. */
  next: string | null;
}

/** The words for every code that Rust knows; a new code does not compile until it has its own. */
export const errorWords: Record<ErrorCode, ErrorWords> = {
  bad_input: { severity: "warning", next: null },
  refused: { severity: "warning", next: null },
  not_found: { severity: "warning", next: "It may have been deleted in another window or on the command line." },
  conflict: { severity: "warning", next: null },
  aws: { severity: "error", next: null },
  unreachable: { severity: "error", next: "A sandbox that has ended is started again by itself; try again in a moment." },
  no_credentials: { severity: "error", next: "Log in with the AWS CLI, or choose another profile, and try again." },
  store: { severity: "error", next: "Nothing was changed. Connections & sandbox says where the file lies: see whether its disk is full or another program changed it." },
  broken: { severity: "error", next: "This is a defect of Waybill; the details help to find it." },
};
