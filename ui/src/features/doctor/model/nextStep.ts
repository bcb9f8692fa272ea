import { paths } from "../../../router/paths";

export interface NextStep {
  text: string;
  href: string;
}

/** What to press where Waybill cannot repair a cause by itself. */
export function nextStepOf(checkId: string, actionId: string, finished: boolean): NextStep | null {
  switch (checkId) {
    case "credentials":
    case "account-region":
      return { text: "Connections & sandbox", href: paths.connections() };
    case "event-type-not-chosen":
    case "manual-mode":
    case "source-missing":
    case "source-deleted":
      return { text: "Open the alert action", href: paths.action(actionId) };
    default:
      return finished ? null : { text: "Continue set-up", href: paths.setup(actionId) };
  }
}
