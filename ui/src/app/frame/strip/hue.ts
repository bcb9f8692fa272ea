import type { EnvironmentView } from "../../../ipc/bindings/EnvironmentView";

/** The colour that says which AWS: violet sandbox, slate read-only AWS, orange writable AWS. */
export function hueOf(environment: EnvironmentView): string {
  if (environment.kind === "sandbox") return "#7c3aed";
  return environment.mode === "read_only" ? "#475569" : "#c2410c";
}
