import Button from "@cloudscape-design/components/button";
import ButtonDropdown, { type ButtonDropdownProps } from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { navigate } from "../../../router/location";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";

/** What is being done to alert actions, in a dialog of its own. */
export type Doing =
  | { what: "delete"; actions: readonly AlertActionView[] }
  | { what: "spread"; action: AlertActionView }
  | { what: "export"; actions: readonly AlertActionView[] }
  | { what: "code"; action: AlertActionView }
  | { what: "import" };

interface ActionButtonsProps {
  chosen: readonly AlertActionView[];
  any: boolean;
  onDo: (doing: Doing) => void;
}

/** What can be done with the chosen alert actions, and a new one. */
export function ActionButtons({ chosen, any, onDo }: ActionButtonsProps) {
  const [one] = chosen.length === 1 ? chosen : [];
  const go = (path: (id: string) => string) => () => one && navigate(path(one.id));
  const more = (id: string) => {
    if (id === "duplicate") go(paths.copyAction)();
    if (id === "spread" && one) onDo({ what: "spread", action: one });
    if (id === "code" && one) onDo({ what: "code", action: one });
    if (id === "export") onDo({ what: "export", actions: chosen });
    if (id === "import") onDo({ what: "import" });
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={!one} onClick={go(paths.setup)}>Set up</Button>
      <Button disabled={!one} onClick={go(paths.action)}>Edit</Button>
      <ButtonDropdown items={moreItems(one !== undefined, any, chosen.length)} onItemClick={({ detail }) => more(detail.id)}>More</ButtonDropdown>
      <Button disabled={chosen.length === 0} onClick={() => onDo({ what: "delete", actions: chosen })}>Delete…</Button>
      <Button variant="primary" href={paths.newAction()} onFollow={useFollow()} data-testid="create-action">Create alert action</Button>
    </SpaceBetween>
  );
}

function moreItems(one: boolean, any: boolean, count: number): ButtonDropdownProps.Item[] {
  const needsOne = { disabled: !one, disabledReason: one ? undefined : "Choose one alert action" };
  return [
    { id: "duplicate", text: "Duplicate…", ...needsOne },
    { id: "spread", text: "Duplicate to other alert sources…", ...needsOne },
    { id: "code", text: "Export its chain as code…", ...needsOne },
    { id: "export", text: count === 0 ? "Export all…" : `Export ${count}…`, disabled: !any },
    { id: "import", text: "Import…" },
  ];
}
