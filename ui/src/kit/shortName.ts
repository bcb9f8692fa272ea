import type { LinkKind } from "./ChainIcon";

const UUID_AT_END = /\/([0-9a-f]{8}-[0-9a-f]{4})-[0-9a-f-]+$/i;

/** The telling part of a name: of a partner event source or its bus, the start of the unique part. */
export function shortName(kind: LinkKind, name: string): string {
  if (kind !== "partner_source" && kind !== "bus") return name;
  const unique = UUID_AT_END.exec(name);
  return unique ? `${unique[1]}…` : name;
}
