/** The fields of a detail that the form shows; the others stay as they are. */
export interface DetailFields {
  summary: string;
  details: string;
  status: string;
  priority: string;
  assigned: boolean;
}

type Detail = Record<string, unknown>;

/** The person of the iLert page's samples. */
const PERSON = { id: 2193122, username: "text", firstName: "FirstName", lastName: "LastName", email: "example@acme.com" };

/** A detail as an object, where the form can change it without respelling anything else; else why not. */
export function readDetail(text: string): { detail: Detail; why: null } | { detail: null; why: string } {
  let detail: unknown;
  try {
    detail = JSON.parse(text);
  } catch {
    return { detail: null, why: "This is not JSON yet; mend it in the JSON view first." };
  }
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return { detail: null, why: "The detail is no object; mend it in the JSON view first." };
  if (bare(JSON.stringify(detail)) !== bare(text)) return { detail: null, why: "The form would write some numbers or names of this detail in another way; edit it as JSON." };
  return { detail: detail as Detail, why: null };
}

/** The text without the white space between its parts. */
const bare = (text: string) => text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");

const text = (value: unknown) => (typeof value === "string" ? value : "");

export const fieldsOf = (detail: Detail): DetailFields => ({
  summary: text(detail.summary),
  details: text(detail.details),
  status: text(detail.status),
  priority: text(detail.priority),
  assigned: typeof detail.assignedTo === "object" && detail.assignedTo !== null,
});

/** The detail with changed fields, as indented JSON; the order of its fields stays. */
export function withFields(detail: Detail, changes: Partial<DetailFields>): string {
  const { assigned, ...rest } = changes;
  const assignedTo = assigned === undefined ? {} : { assignedTo: assigned ? PERSON : null };
  return JSON.stringify({ ...detail, ...rest, ...assignedTo }, null, 2);
}
