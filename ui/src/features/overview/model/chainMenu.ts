import type { ButtonDropdownProps } from "@cloudscape-design/components/button-dropdown";
import type { ChainView } from "../../../ipc/bindings/ChainView";
import type { LinkView } from "../../../ipc/bindings/LinkView";
import { paths } from "../../../router/paths";

/** Stands for the report of the last run, as a file. */
export const EVIDENCE = "evidence";

/** The links that AWS knows of. */
const AWS_LINKS: readonly string[] = ["partner_source", "bus", "rule", "queue"];

/** Why a page cannot be opened; nothing where it can. */
function whyNot(link: LinkView, kind: string | undefined): string | undefined {
  if (link.page !== null) return undefined;
  if (kind === "sandbox") return "Not applicable: the sandbox has no AWS console";
  if (kind !== "aws") return "Not applicable: this endpoint has no AWS console";
  return "Not there yet";
}

/** The item that compares a chain with its record. */
export const DRIFT = "drift";

/** The item that exports a chain as code. */
export const CODE = "code";

/** What can be done with a chain; an id is an address of this window, or of the AWS console behind `aws `. */
export function chainMenu(chain: ChainView, kind: string | undefined): ButtonDropdownProps.ItemOrGroup[] {
  const { action } = chain;
  const pages = chain.links.filter((link) => AWS_LINKS.includes(link.kind)).map((link) => {
    const reason = whyNot(link, kind);
    return { id: `aws ${link.page ?? link.kind}`, text: link.label, external: true, externalIconAriaLabel: "(opens the browser)", disabled: reason !== undefined, disabledReason: reason };
  });
  return [
    { id: paths.setup(action.id), text: chain.next === "continue_setup" ? "Continue set-up" : "Review set-up" },
    { id: paths.action(action.id), text: "Edit alert action" },
    { id: paths.publish(action.id), text: "Publish an event" },
    { id: DRIFT, text: "Compare with its record…", disabled: action.chain !== "complete", disabledReason: "It is not set up yet" },
    { id: CODE, text: "Export as code…" },
    ...(chain.last_run?.state === "closed" ? [{ id: EVIDENCE, text: "Save evidence of the last proof", secondaryText: "One HTML file" }] : []),
    ...(pages.length > 0 ? [{ text: "Open in the AWS console", items: pages }] : []),
  ];
}

/** The address in the AWS console that an item of the menu stands for. */
export const awsPage = (id: string): string | null => (id.startsWith("aws https:") ? id.slice(4) : null);
