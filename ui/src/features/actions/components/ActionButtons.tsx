import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { AlertActionView } from "../../../ipc/bindings/AlertActionView";
import { navigate } from "../../../router/location";
import { paths } from "../../../router/paths";
import { useFollow } from "../../../router/useFollow";

interface ActionButtonsProps {
  chosen: AlertActionView | null;
  onDelete: (action: AlertActionView) => void;
}

/** What can be done with the chosen alert action, and a new one. */
export function ActionButtons({ chosen, onDelete }: ActionButtonsProps) {
  const go = (path: (id: string) => string) => () => chosen && navigate(path(chosen.id));
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={!chosen} onClick={go(paths.setup)}>Set up</Button>
      <Button disabled={!chosen} onClick={go(paths.action)}>Edit</Button>
      <Button disabled={!chosen} onClick={go(paths.copyAction)}>Duplicate</Button>
      <Button disabled={!chosen} onClick={() => chosen && onDelete(chosen)}>Delete…</Button>
      <Button variant="primary" href={paths.newAction()} onFollow={useFollow()} data-testid="create-action">Create alert action</Button>
    </SpaceBetween>
  );
}
