import { useQuery } from "@tanstack/react-query";
import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { organizationQuery } from "../api/plan";
import { PermissionField } from "../components/PermissionField";
import type { StepProps } from "./StepContent";

/** Step 3: associate the source with an event bus, and the page's permissions. */
export function BusStep({ wizard }: StepProps) {
  const { draft, obstacle, patchForm } = wizard;
  const organization = useQuery(organizationQuery());
  return (
    <Container
      header={<Header variant="h2" description="The event bus gets the name of the partner event source: one source, one bus.">Associate with event bus</Header>}
    >
      <SpaceBetween size="s">
        <PermissionField
          value={draft.form.permission}
          onChange={(permission) => patchForm({ permission })}
          problems={obstacle.problems}
          organization={organization.data?.sentence ?? organization.error?.message ?? "Reading your organization…"}
        />
        {organization.data && <Alert type="info" header="Permissions on a partner event bus">{organization.data.partner_bus}</Alert>}
      </SpaceBetween>
    </Container>
  );
}
